using Changeling.Events;

namespace Changeling.Cli.Backtest;

/// <summary>What the sources of a history deliver, and what they lack.</summary>
internal sealed class SourceHealth
{
    /// <summary>An event so much older than the newest one came out of order, or from a wrong clock.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private readonly Dictionary<string, int> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _deadLetters = new(StringComparer.Ordinal);

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    public int LateEvents { get; private set; }

    /// <summary>What was read of one message.</summary>
    public void Add(int bytes, IReadOnlyList<ProcessEvent> events, DateTimeOffset? clock)
    {
        Messages++;
        Bytes += bytes;
        foreach (var e in events)
        {
            Count(_formats, e.Format);
            if (clock - e.Time > Late) LateEvents++;
            if (!_missing.TryGetValue(e.Format, out var fields)) _missing[e.Format] = fields = new(StringComparer.Ordinal);
            foreach (var field in e.Missing) Count(fields, field);
        }
    }

    /// <summary>What the pipeline made of one batch.</summary>
    public void Add(BatchOutcome outcome)
    {
        foreach (var ((format, kind), count) in outcome.Skipped) Count(_skipped, $"{format}: {kind}", count);
        foreach (var (reason, count) in outcome.DeadLetters) Count(_deadLetters, reason, count);
    }

    public SourceReport Report() => new(
        Sorted(_formats),
        Sorted(_skipped),
        Sorted(_deadLetters),
        new SortedDictionary<string, IReadOnlyDictionary<string, double>>(
            _missing.ToDictionary(f => f.Key, f => (IReadOnlyDictionary<string, double>)Shares(f.Value, _formats[f.Key])), StringComparer.Ordinal),
        LateEvents);

    private static SortedDictionary<string, double> Shares(Dictionary<string, int> fields, int events) =>
        new(fields.ToDictionary(f => f.Key, f => Math.Round((double)f.Value / events, 4)), StringComparer.Ordinal);

    private static SortedDictionary<string, int> Sorted(Dictionary<string, int> counts) => new(counts, StringComparer.Ordinal);

    private static void Count(Dictionary<string, int> counts, string key, int by = 1) => counts[key] = counts.GetValueOrDefault(key) + by;
}
