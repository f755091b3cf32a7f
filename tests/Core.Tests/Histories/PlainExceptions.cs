using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Histories;

/// <summary>The plain recount of exceptions: which conditions hold is written a second time, by hand, and counted by record.</summary>
internal sealed class PlainExceptions
{
    private const string RuleOfOne = "unusual-process-by-host";
    private static readonly DateTimeOffset Ends = Some.Time.AddHours(20);

    /// <summary>The items that histories run with: for all rules and for one, expiring, disabled, and one that is only ever near.</summary>
    public static readonly ExceptionList List = ExceptionList.Of(
        [
            Item(
                "a-pair",
                new("process.parent.name", ExceptionMatch.Exact, ["winword.exe"]),
                new("process.name", ExceptionMatch.Exact, ["odd-one.exe"])),
            Item("b-host", new ExceptionCondition("host.name", ExceptionMatch.Exact, ["ws-1"])) with { Rules = [RuleOfOne] },
            Item(
                "c-ends",
                new("process.name", ExceptionMatch.Exact, ["b.exe"]),
                new("process.parent.name", ExceptionMatch.Exact, ["services.exe"])) with { Expires = Ends },
            Item(
                "d-near",
                new("user.name", ExceptionMatch.Exact, ["someone-else"]),
                new("process.name", ExceptionMatch.Wildcard, ["odd-*.exe"])),
            Item("e-off", new ExceptionCondition("process.name", ExceptionMatch.Prefix, ["a"])) with { Enabled = false },
        ],
        HostGroups.None);

    private readonly SortedDictionary<string, ExceptionCount> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ExceptionCount> Counts => _counts;

    /// <summary>The rules of those that fired whose detections go, and whether the record adds to the sums.</summary>
    public (List<string> Going, bool IsSummed) Ask(
        HubRecord record, List<string> fired, DateTimeOffset clock, DateTimeOffset enqueued, bool isSummed)
    {
        var pair = (record.Parent == "winword.exe", record.Child == "odd-one.exe");
        var ends = (record.Parent == "services.exe", record.Child == "b.exe");
        var isPair = pair is (true, true);
        var isEnding = ends is (true, true) && clock < Ends;
        var going = fired.Where(rule => !isPair && !isEnding && !(record.Host == "ws-1" && rule == RuleOfOne)).ToList();

        if (isPair && (fired.Count > 0 || isSummed)) Hit("a-pair", enqueued);
        if (isEnding && !isPair && (fired.Count > 0 || isSummed)) Hit("c-ends", enqueued);
        if (record.Host == "ws-1" && fired.Contains(RuleOfOne) && !isPair) Hit("b-host", enqueued);
        if (going.Count > 0)
        {
            if (pair.Item1 != pair.Item2) Near("a-pair", enqueued);
            if (clock < Ends ? ends.Item1 != ends.Item2 : ends is (true, true)) Near("c-ends", enqueued);
            if (record.Child is "odd-one.exe" or "odd-two.exe") Near("d-near", enqueued);
        }

        return (going, isSummed && !isPair && !isEnding);
    }

    private void Hit(string id, DateTimeOffset enqueued)
    {
        var (_, hits, last, near, lastNear) = Of(id);
        _counts[id] = new ExceptionCount(id, hits + 1, last > enqueued ? last : enqueued, near, lastNear);
    }

    private void Near(string id, DateTimeOffset enqueued)
    {
        var (_, hits, last, near, lastNear) = Of(id);
        _counts[id] = new ExceptionCount(id, hits, last, near + 1, lastNear > enqueued ? lastNear : enqueued);
    }

    private ExceptionCount Of(string id) => _counts.TryGetValue(id, out var count) ? count : new ExceptionCount(id, 0, null, 0, null);

    private static ExceptionItem Item(string id, params ExceptionCondition[] conditions) => new()
    {
        Id = id,
        Name = id,
        Owner = "histories",
        Reason = "to be counted",
        Created = Some.Time,
        Conditions = conditions,
    };
}
