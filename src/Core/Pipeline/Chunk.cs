using System.Text;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Partitions;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// The effects of consecutive records, gathered until they fill one transaction: 99 rows besides the watermark, or 3.5 MiB of
/// encoded body. A cut may fall inside a message.
/// </summary>
internal sealed class Chunk(DateTimeOffset learningSince, SurpriseHistogram surprises, RuleRows ruleRows)
{
    /// <summary>Encoded bytes at which a chunk closes; a transaction takes 4 MiB.</summary>
    private const int MaxEncodedBytes = 7 * 512 * 1024;

    /// <summary>What an entity costs besides its names and body: part headers, property names and types, times.</summary>
    private const int EncodedRowOverhead = 1536;

    /// <summary>The most that a sighting, sum, quota or exception costs: up to four names of 260 units, in key, request line and properties.</summary>
    private const int EncodedSign = EncodedRowOverhead + (4 * 4 * 3 * LineageName.MaxLength);

    private readonly Dictionary<(string Parent, string? Child), LaunchRow> _launches = [];
    private readonly Dictionary<(SightingKind Kind, string Child, string Name), LaunchRow> _sightings = [];
    private readonly Dictionary<SumKey, MaliciousSum> _sums = [];
    private readonly Dictionary<QuotaKey, Quota> _quotas = [];
    private readonly Dictionary<string, ExceptionCount> _exceptions = new(StringComparer.Ordinal);
    private readonly List<string> _heldBack = [];
    private readonly List<StoredDetection> _detections = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly List<ArrivedRecord> _records = [];
    private readonly List<JudgedEvent> _judged = [];
    private long _encodedBytes;

    public IReadOnlyList<ArrivedRecord> Records => _records;

    public IReadOnlyList<StoredDetection> Detections => _detections;

    public IReadOnlyList<JudgedEvent> Judged => _judged;

    /// <summary>Rules whose detections were held back by their caps, once for each.</summary>
    public IReadOnlyList<string> HeldBack => _heldBack;

    public IReadOnlyList<DeadLetter> DeadLetters => _deadLetters;

    private Watermark Next => new(_records[^1].Place.Position, _records[^1].Place.Clock.Now, learningSince)
    {
        PreviousEpoch = _records[^1].Place.PreviousEpoch,
        Surprises = surprises.ToText(),
    };

    /// <summary>Whether a record's effects still fit besides those gathered. The first record always fits.</summary>
    public bool Fits(Judgement judgement)
    {
        if (_records.Count == 0) return true;
        var newRow = judgement.History is { } history && !_launches.ContainsKey((history.Parent, history.RowFor(judgement.Child)));
        var newSigns = NewRows(judgement);
        var rows = RowCount + judgement.Detections.Count + (newRow ? 1 : 0) + newSigns;
        var bytes = _encodedBytes + judgement.Detections.Sum(Encoded) + (newRow ? Encoded(judgement.History!.Parent, judgement.Child) : 0) + (newSigns * EncodedSign);
        return rows <= BaselineCommit.MaxRows && bytes <= MaxEncodedBytes;
    }

    private int RowCount => _launches.Count + _detections.Count + _sightings.Count + _sums.Count + _quotas.Count + _exceptions.Count;

    /// <summary>Rows besides launch and detections that a decision would add.</summary>
    private int NewRows(Judgement judgement)
    {
        var rows = judgement.Quotas.Count(q => !_quotas.ContainsKey(q.Key)) + judgement.Exceptions.Count(e => !_exceptions.ContainsKey(e.Id));
        if (judgement.Seen is not { } seen) return rows;
        rows += seen.Sums.Count(s => !_sums.ContainsKey(s.Key));
        if (seen.Hosts.Takes(seen.Host) && !_sightings.ContainsKey((SightingKind.Host, seen.Hosts.Child, seen.Host))) rows++;
        if (seen.Users is { } users && users.Takes(seen.User!) && !_sightings.ContainsKey((SightingKind.User, users.Child, seen.User!))) rows++;
        return rows;
    }

    /// <summary>Adds the next record and counts its launch: from here on the cached history is ahead of the store.</summary>
    public void Add(ArrivedRecord record, Judgement judgement)
    {
        if (judgement.History is { } history)
        {
            var before = history.CountBefore(judgement.Child);
            var row = history.Count(judgement.Child, judgement.Time, record.Place.Clock.Day, record.Event?.Host.Name);
            if (!_launches.ContainsKey((history.Parent, row.Child))) _encodedBytes += Encoded(history.Parent, judgement.Child);
            _launches[(history.Parent, row.Child)] = row;

            // A launch beyond its host's allowance is no sign of what is usual: not in the counts, and not in the calibration.
            if (judgement.Surprise is { } surprise && row.Count != before) surprises.Count(surprise, record.Place.Clock.Day);
        }

        if (judgement.Seen is { } seen) Add(seen, judgement.Time, record.Place.Clock.Day);
        foreach (var (key, quota) in judgement.Quotas)
        {
            if (!_quotas.ContainsKey(key)) _encodedBytes += EncodedSign;
            _quotas[key] = quota;
            ruleRows.Set(key, quota);
        }

        foreach (var count in judgement.Exceptions)
        {
            if (!_exceptions.ContainsKey(count.Id)) _encodedBytes += EncodedSign;
            _exceptions[count.Id] = count;
            ruleRows.Set(count);
        }

        _heldBack.AddRange(judgement.HeldBack);
        if (judgement.Judged is { } judged) _judged.Add(judged);
        if (record.DeadLetter is { } letter) _deadLetters.Add(letter);
        _encodedBytes += judgement.Detections.Sum(Encoded);
        _detections.AddRange(judgement.Detections);
        _records.Add(record);
    }

    private void Add(Seen seen, DateTimeOffset time, int day)
    {
        Add(seen.Hosts, seen.Host, time, day);
        if (seen.Users is { } users) Add(users, seen.User!, time, day);
        foreach (var sum in seen.Sums)
        {
            if (!_sums.ContainsKey(sum.Key)) _encodedBytes += EncodedSign;
            _sums[sum.Key] = sum;
            ruleRows.Set(sum);
        }
    }

    private void Add(Sightings sightings, string name, DateTimeOffset time, int day)
    {
        if (sightings.Count(name, time, day) is not { } row) return;
        var key = (sightings.Kind, sightings.Child, name);
        if (!_sightings.ContainsKey(key)) _encodedBytes += EncodedSign;
        _sightings[key] = row;
    }

    /// <summary>The chunk as one commit, on the watermark that it was decided on.</summary>
    public BaselineCommit ToCommit(string? expectedETag) =>
        new(expectedETag, Next, [.. _launches.Select(l => (l.Key.Parent, l.Value))], _detections)
        {
            Sightings = [.. _sightings.Select(s => (s.Key.Kind, s.Key.Child, s.Value))],
            Sums = [.. _sums.Values],
            Quotas = [.. _quotas.Select(q => (q.Key, q.Value))],
            Exceptions = [.. _exceptions.Values],
        };

    /// <summary>The body travels as base64.</summary>
    private static long Encoded(StoredDetection detection) => EncodedRowOverhead + (detection.Body.Length + 2L) / 3 * 4;

    /// <summary>Names travel three times: in the row key, escaped, in the request line, and once more when the key is a digest.</summary>
    private static long Encoded(string parent, string child) =>
        EncodedRowOverhead + 4L * (Encoding.UTF8.GetByteCount(parent) + Encoding.UTF8.GetByteCount(child));
}
