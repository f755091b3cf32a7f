using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Incidents;
using Changeling.Partitions;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// The decisions on consecutive records and what they add to the counts, gathered until they fill one transaction. A chunk may end inside a
/// message. Its size is an upper bound, because caps and findings are applied after the chunk is complete.
/// </summary>
internal sealed class Chunk(DateTimeOffset learningSince, PartitionBaseline baseline)
{
    /// <summary>A chunk ends when its dead letters have this many bytes. Written as text they can take six times as many.</summary>
    private const long MaxDeadBytes = 1024 * 1024;

    private readonly Dictionary<(string Parent, string? Child), CountRow> _launches = [];
    private readonly Dictionary<(OccurrenceKind Kind, string Child, string Name), CountRow> _occurrences = [];
    private readonly Dictionary<SumKey, MaliciousSum> _sums = [];
    private readonly List<(ArrivedRecord Record, Decision? Decision)> _entries = [];
    private readonly ChunkRoom _room = new(baseline.Sizes);
    private long _deadBytes;
    private int _signals;

    /// <summary>The records, each with its decision if it is a process event.</summary>
    public IReadOnlyList<(ArrivedRecord Record, Decision? Decision)> Entries => _entries;

    public IReadOnlyList<DeadLetter> DeadLetters => [.. _entries.Select(e => e.Record.DeadLetter).OfType<DeadLetter>()];

    private Watermark Next => new(Last.Place.Position, Last.Place.Clock.Now, learningSince)
    {
        PreviousEpoch = Last.Place.PreviousEpoch,
        Surprises = Surprises.ToText(),
        Hosts = baseline.Hosts.ToText(),
    };

    private ArrivedRecord Last => _entries[^1].Record;

    private SurpriseHistogram Surprises => baseline.Surprises;

    /// <summary>
    /// Adds the next record and counts its launch: from here on the cached rows are ahead of the store. The first record always fits.
    /// </summary>
    /// <returns>Whether there was room for it.</returns>
    public bool TryAdd(ArrivedRecord record, Decision? decision)
    {
        if (_deadBytes >= MaxDeadBytes) return false;
        if (decision is not null && !TryTakeRoom(decision, record.Place.Clock.Hour)) return false;
        _entries.Add((record, decision));
        _deadBytes += record.DeadLetter?.Body.Bytes.Length ?? 0;
        if (decision is not null) Count(decision, record.Place.Clock.Day);
        return true;
    }

    /// <summary>The chunk as one commit, on the watermark that it was decided on.</summary>
    /// <param name="outcome">The result for the rules that fired.</param>
    /// <param name="expectedVersion">Row version of the watermark that the chunk was decided on.</param>
    public BaselineCommit ToCommit(ChunkFindings outcome, string? expectedVersion) =>
        new(expectedVersion, Next, [.. _launches.Select(l => (l.Key.Parent, l.Value))], outcome.Stored)
        {
            Occurrences = [.. _occurrences.Select(s => (s.Key.Kind, s.Key.Child, s.Value))],
            Sums = [.. _sums.Values],
            Quotas = [.. outcome.Quotas.Select(q => (q.Key, q.Value))],
            Exceptions = outcome.Exceptions,
            Signals = SignalJson.Rows(outcome.Signals),
        };

    private bool TryTakeRoom(Decision decision, int hour)
    {
        var isNew = decision.History is { } history && !_launches.ContainsKey((history.Parent, history.RowFor(decision.Child)));
        var size = isNew ? baseline.Sizes.Launch(decision.History!.Parent, decision.Child) : 0;
        return _room.TryTake(isNew ? 1 : 0, size, decision.IsPlain ? [] : RowsBesides(decision, hour), isFirst: _entries.Count == 0);
    }

    /// <summary>The rows that a decision may change besides its launch.</summary>
    private IEnumerable<ChunkRow> RowsBesides(Decision decision, int hour)
    {
        if (decision.MayBeSignal) yield return ChunkRow.Signals(_signals / SignalJson.PerRow);
        if (decision.Malicious is { } malicious)
        {
            foreach (var sum in malicious.Sums) yield return ChunkRow.Other(sum.Key);
            if (malicious.Hosts.Takes(malicious.Host))
                yield return ChunkRow.Other((OccurrenceKind.Host, malicious.Hosts.Child, malicious.Host));
            if (malicious.Users is { } users && users.Takes(malicious.User!))
                yield return ChunkRow.Other((OccurrenceKind.User, users.Child, malicious.User));
        }

        foreach (var id in decision.Ruling.Hits.Concat(decision.Ruling.Near.Select(n => n.Item.Id))) yield return ChunkRow.Other(id);
        foreach (var fired in decision.Fired.Where(fired => fired.IsCapped)) yield return ChunkRow.Other(fired.Key);
        if (decision.Fired.Count == 0) yield break;
        yield return ChunkRow.Detection(
            [.. decision.Fired.Select(fired => ((object)(fired.Key, hour), fired.IsCapped ? fired.Rule.MostPerHour : null))]);
    }

    private void Count(Decision decision, int day)
    {
        if (decision.MayBeSignal) _signals++;
        var time = decision.Evidence.Event.Time;
        baseline.Hosts.Add(CountedNames.Host(decision.Evidence.Event), day);
        if (decision.History is { } history)
        {
            var units = history.Units;
            var row = history.Count(decision.Child, time, day, decision.Evidence.Event.Host.Name);
            _launches[(history.Parent, row.Name)] = row;

            // A launch beyond its host's daily limit does not show what is usual. It is neither counted nor used for the calibration.
            if (decision.Surprise is { } surprise && history.Units != units) Surprises.Count(surprise, day);
        }

        if (decision.Malicious is not { } malicious) return;
        Count(malicious.Hosts, malicious.Host, time, day);
        if (malicious.Users is { } users) Count(users, malicious.User!, time, day);
        foreach (var sum in malicious.Sums)
        {
            _sums[sum.Key] = sum;
            baseline.RuleRows.Set(sum);
        }
    }

    private void Count(Occurrences occurrences, string name, DateTimeOffset time, int day)
    {
        if (occurrences.Count(name, time, day) is { } row) _occurrences[(occurrences.Kind, occurrences.Child, name)] = row;
    }
}
