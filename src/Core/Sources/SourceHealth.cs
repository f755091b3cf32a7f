using System.Runtime.InteropServices;
using Changeling.Events;

namespace Changeling.Sources;

/// <summary>
/// Counts the records and missing fields of sources, by format. Not safe for several threads. The size is limited by the number of formats
/// and fields and by <see cref="SkippedKinds"/> for any input.
/// </summary>
public sealed class SourceHealth
{
    private readonly Dictionary<string, FormatTally> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _deadLetters = new(StringComparer.Ordinal);

    /// <summary>Messages that never arrived.</summary>
    public long SequenceGap { get; private set; }

    /// <summary>Counts one record.</summary>
    /// <param name="outcome">The result of reading it.</param>
    /// <param name="clock">The hub's time of its message, UTC; <see langword="null"/> if it is not known.</param>
    public void Add(RecordOutcome outcome, DateTimeOffset? clock)
    {
        switch (outcome)
        {
            case RecordOutcome.Read { Event: var e }:
                if (!_formats.TryGetValue(e.Format, out var tally)) _formats[e.Format] = tally = new FormatTally();
                tally.Add(e, clock);
                break;
            case RecordOutcome.Skipped s:
                Count(_skipped, $"{s.Format}: {s.Kind}", 1);
                break;
            case RecordOutcome.Unreadable u:
                Count(_deadLetters, $"{u.Format}: {u.Reason}", 1);
                break;
        }
    }

    /// <summary>Adds the counts of another tally.</summary>
    public void Add(SourceHealthReport other)
    {
        foreach (var (format, health) in other.Formats)
        {
            if (!_formats.TryGetValue(format, out var tally)) _formats[format] = tally = new FormatTally();
            tally.Add(health);
        }

        foreach (var (name, count) in other.Skipped) Count(_skipped, name, count);
        foreach (var (reason, count) in other.DeadLetters) Count(_deadLetters, reason, count);
        AddGap(other.SequenceGap);
    }

    /// <summary>Counts messages that never arrived.</summary>
    public void AddGap(long messages) => SequenceGap += messages;

    /// <summary>The counts so far.</summary>
    public SourceHealthReport ToReport() => new(
        new SortedDictionary<string, FormatHealth>(_formats.ToDictionary(f => f.Key, f => f.Value.ToHealth()), StringComparer.Ordinal),
        new SortedDictionary<string, long>(_skipped, StringComparer.Ordinal),
        new SortedDictionary<string, long>(_deadLetters, StringComparer.Ordinal),
        SequenceGap);

    private static void Count(Dictionary<string, long> counts, string name, long by) => counts[name] = counts.GetValueOrDefault(name) + by;

    private sealed class FormatTally
    {
        private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);

        /// <summary>Events by the list of what they lack, which events with the same fields share.</summary>
        private readonly Dictionary<IReadOnlyList<string>, long> _lacking = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<string, long> _skew = TimeSkew.All.ToDictionary(step => step, _ => 0L, StringComparer.Ordinal);
        private long _events;
        private long _invalidParents;

        public void Add(ProcessEvent e, DateTimeOffset? clock)
        {
            _events++;
            if (e.Notes.HasFlag(EventNotes.ParentInvalid)) _invalidParents++;
            if (clock is { } now) _skew[TimeSkew.Of(now - e.Time)]++;
            CollectionsMarshal.GetValueRefOrAddDefault(_lacking, e.Missing, out _)++;
        }

        public void Add(FormatHealth other)
        {
            _events += other.Events;
            _invalidParents += other.InvalidParents;
            foreach (var (step, count) in other.Skew) Count(_skew, step, count);
            foreach (var (field, count) in other.Missing) Count(_missing, field, count);
        }

        public FormatHealth ToHealth()
        {
            var missing = new SortedDictionary<string, long>(_missing, StringComparer.Ordinal);
            foreach (var (fields, events) in _lacking)
                foreach (var field in fields) missing[field] = missing.GetValueOrDefault(field) + events;
            return new(_events, missing, _invalidParents, new Dictionary<string, long>(_skew, StringComparer.Ordinal));
        }
    }
}

/// <summary>The counts of all sources, in a form that can be written as JSON.</summary>
/// <param name="Formats">By format id.</param>
/// <param name="Skipped">Records that are not a process creation, under <c>format: kind</c>.</param>
/// <param name="DeadLetters">Records that could not be read, under <c>format: reason</c>.</param>
/// <param name="SequenceGap">Messages that never arrived; always 0 for files.</param>
public sealed record SourceHealthReport(
    IReadOnlyDictionary<string, FormatHealth> Formats,
    IReadOnlyDictionary<string, long> Skipped,
    IReadOnlyDictionary<string, long> DeadLetters,
    long SequenceGap);
