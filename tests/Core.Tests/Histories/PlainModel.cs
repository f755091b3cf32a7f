using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// The plain recount of a history, as if every message had come once, in order, to a program that never fails. Knows nothing
/// of chunks, caches, watermarks read again or stores; the arithmetic of counting and decay is written a second time, naively.
/// </summary>
internal sealed class PlainModel
{
    /// <summary>Rule 1, rule 2 and one that fires on all that is malicious, each with a cap.</summary>
    public static readonly RuleSet Rules = RuleSets.Changed(
        RuleSets.Only(ByParent, ByHost, Malicious),
        $$"""{ "id": "{{ByParent}}", "version": "1", "mostPerHour": 1 }""",
        $$"""{ "id": "{{ByHost}}", "version": "1", "condition": { "newOnHostOfAtMost": 2, "rarityAtLeast": null }, "mostPerHour": 2 }""",
        $$"""{ "id": "{{Malicious}}", "version": "1", "enabled": true, "mostPerHour": 1 }""");

    private const string ByParent = "unusual-process-by-parent";
    private const string Malicious = "suspicious-low-probability";
    private const string ByHost = "unusual-process-by-host";

    /// <summary>Launches of a lineage by one host and day that count, while fewer than four hosts launch it that day.</summary>
    public const int MaxPerHost = 2;

    /// <summary>The limit holds for children below so many per cent of their parent's launches.</summary>
    public const int BelowPercent = 15;

    private const int HalfLifeDays = 30;
    private static readonly UInt128 Step = (UInt128)Math.Round(Math.Pow(2, -1.0 / HalfLifeDays) * 4294967296.0);

    private readonly Dictionary<(string Parent, string Child), Row> _rows = [];
    private readonly Dictionary<(string Parent, string Child, int Day), Dictionary<string, int>> _hosts = [];
    private readonly SurpriseHistogram _surprises = new();
    private readonly HostSketch _fleet = new();
    private DateTimeOffset _clock = DateTimeOffset.MinValue;

    public PlainModel(Hub hub, Prior prior)
    {
        foreach (var message in hub.Messages) Take(message, prior);
    }

    public Position Last { get; private set; }

    public DateTimeOffset Clock => _clock;

    public DateTimeOffset? Since { get; private set; }

    /// <summary>How surprising all launches were, as the watermark holds it.</summary>
    public string Surprises => _surprises.ToText();

    /// <summary>About how many hosts there are, as the watermark holds it.</summary>
    public string Fleet => _fleet.ToText();

    /// <summary>Detections that are emitted: id and rules, where a suppressed rule has a mark.</summary>
    public SortedSet<string> Detections { get; } = new(StringComparer.Ordinal);

    /// <summary>Detections that are stored and never emitted.</summary>
    public SortedSet<string> Suppressed { get; } = new(StringComparer.Ordinal);

    /// <summary>What exceptions did.</summary>
    public PlainExceptions Exceptions { get; } = new();

    /// <summary>Occurrences, sums and quotas.</summary>
    public PlainSigns Signs { get; } = new();

    public SortedDictionary<Position, string> DeadLetters { get; } = [];

    /// <summary>The rows of one parent that still count on the last day, in order of the child's name.</summary>
    public IReadOnlyList<(string Child, long Units, DateTimeOffset First, DateTimeOffset Last)> RowsOf(string parent) =>
        [.. _rows.Where(r => r.Key.Parent == parent)
            .Select(r => (r.Key.Child, Units: Faded(r.Value, Day), r.Value.First, r.Value.Last))
            .Where(r => Counts(r.Units))
            .OrderBy(r => r.Child, StringComparer.Ordinal)];

    private int Day => (int)Math.Floor((_clock - DateTimeOffset.UnixEpoch).TotalDays);

    private void Take(HubMessage message, Prior prior)
    {
        if (message.Enqueued > _clock) _clock = message.Enqueued;
        Since ??= _clock;
        Signs.AdvanceTo(_clock);
        Last = new Position(message.Epoch, message.Number, Math.Max(0, message.Records.Count - 1));
        if (message.IsBroken) DeadLetters[Last] = "not_json";

        foreach (var (index, record) in message.Records.Index())
        {
            var position = new Position(message.Epoch, message.Number, index);
            if (record.Kind == RecordKind.Faulty) DeadLetters[position] = "internal_error";
            if (record.Kind == RecordKind.Refused) DeadLetters[position] = "uncommittable";
            if (record.Kind is RecordKind.Launch or RecordKind.Orphan) _fleet.Add(record.Host, Day);
            if (record is { Kind: RecordKind.Orphan, Evil: true }) TakeOrphan(record with { Parent = "" }, message.Enqueued);
            if (record.Kind != RecordKind.Launch) continue;
            var rarity = Rate(record, prior);
            if (record.Evil)
            {
                List<string> fired =
                [
                    .. IsUnusual(record, rarity) ? [ByParent] : (string[])[], .. Signs.IsNewOnHost(record, 2) ? [ByHost] : (string[])[],
                    Malicious,
                ];
                var isSummed = Decide(record, fired, message.Enqueued);
                Signs.Count(record, TimeOf(record, message.Enqueued), isSummed);
            }

            if (Count(record, message.Enqueued)) _surprises.Count(rarity.Surprise, Day);
        }
    }

    /// <summary>Without a parent there is no rarity and no launch to count, but hosts, users and their sums know the child.</summary>
    private void TakeOrphan(HubRecord record, DateTimeOffset enqueued)
    {
        var isSummed = Decide(record, [.. Signs.IsNewOnHost(record, 2) ? [ByHost] : (string[])[], Malicious], enqueued);
        Signs.Count(record, TimeOf(record, enqueued), isSummed);
    }

    /// <summary>Rule 1 on a record that the model is sure of.</summary>
    private bool IsUnusual(HubRecord record, RarityRating rarity) =>
        rarity.Score >= 75 && (rarity.Score >= 82 || (rarity.ChildCount <= 3 && Signs.IsNewOnHost(record, 1)));

    private static DateTimeOffset TimeOf(HubRecord record, DateTimeOffset enqueued) =>
        record.Time > enqueued.AddMinutes(5) || record.Time < enqueued.AddDays(-30) ? enqueued : record.Time;

    /// <summary>Exceptions before caps: what is suppressed takes nothing from them.</summary>
    private bool Decide(HubRecord record, List<string> fired, DateTimeOffset enqueued)
    {
        var (going, isSummed) = Exceptions.Ask(record, fired, _clock, enqueued, isSummed: true);
        List<string> sent = [.. going.Where(rule => Signs.Takes(rule, rule == ByHost ? 2 : 1, record))];
        List<string> all = [.. sent, .. fired.Except(going).Select(rule => rule + "!")];
        if (all.Count == 0) return isSummed;

        var id = DetectionId.Of($"sysmon-1|{record.Host}|{record.Guid}");
        (sent.Count > 0 ? Detections : Suppressed).Add($"{id} {string.Join(' ', all.Order(StringComparer.Ordinal))}");
        return isSummed;
    }

    private RarityRating Rate(HubRecord record, Prior prior)
    {
        var rows = RowsOf(record.Parent).Select(r => new CountRow(r.Child, new LaunchCount(r.Units), 0, r.First, r.Last));
        var history = new ParentHistory(record.Parent, rows, HalfLife.Never);
        var calibration = new MeasuredCalibration(prior.Calibration, _surprises, new SurpriseHistogram());
        return RarityEstimator.Rate(
            history, FleetParent.None, ParentClassifier.Classify(record.Parent, null), record.Child, prior, calibration);
    }

    private bool Count(HubRecord record, DateTimeOffset enqueued)
    {
        var time = TimeOf(record, enqueued);
        var key = (record.Parent, record.Child);
        var units = _rows.TryGetValue(key, out var row) ? Faded(row, Day) : 0;
        var isLimited = (Counts(units) ? units : 0) * 100 < RowsOf(record.Parent).Sum(r => r.Units) * BelowPercent;
        var weight = isLimited ? Weight(record) : 1;
        _rows[key] = Counts(units)
            ? new Row(units + weight * 1048576L, Day, time < row!.First ? time : row.First, time > row.Last ? time : row.Last)
            : new Row(1048576, Day, time, time);
        return weight > 0;
    }

    private int Weight(HubRecord record)
    {
        var key = (record.Parent, record.Child, Day);
        if (!_hosts.TryGetValue(key, out var today)) _hosts[key] = today = [];
        var isFirstOfHost = today.TryAdd(record.Host, 0);
        if (today.Count < 4 || (today.Count == 4 && isFirstOfHost)) return ++today[record.Host] <= MaxPerHost ? 1 : 0;
        return 1;
    }

    private static long Faded(Row row, int day)
    {
        var units = (UInt128)row.Units;
        for (var d = row.Day; d < day; d++) units = units * Step / 4294967296;
        return (long)units;
    }

    /// <summary>At least 0.05 launches.</summary>
    private static bool Counts(long units) => units * 20 >= 1048576;

    private sealed record Row(long Units, int Day, DateTimeOffset First, DateTimeOffset Last);
}
