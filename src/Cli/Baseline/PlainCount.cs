using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Cli.Baseline;

/// <summary>
/// Counts the launches of one event partition again, with each message once. It is a second, simple implementation of integers, decay and
/// the limit by host. Of the app's code it uses the readers and the folding of names, but nothing that counts or commits.
/// </summary>
/// <param name="halfLifeDays">Days in which a count halves; 0 for never.</param>
/// <param name="launchesPerHost">Launches of a rare lineage by one host and day that count; 0 for all.</param>
internal sealed class PlainCount(int halfLifeDays, int launchesPerHost)
{
    private const long One = 1 << 20;
    private const int RareBelowPercent = 1;
    private const int HostsThatMakeAHabit = 4;
    private const int MaxChildren = 1024;

    private readonly UInt128 _step = halfLifeDays == 0
        ? (UInt128)1 << 32
        : (UInt128)Math.Round(Math.Pow(2, -1.0 / halfLifeDays) * 4294967296.0);
    private readonly Dictionary<string, Parent> _parents = new(StringComparer.Ordinal);
    private readonly MessageReader _reader = new(new MessageLimits());

    /// <summary>The partition clock's day at the end.</summary>
    public int Day { get; private set; }

    /// <summary>The position of the last record.</summary>
    public (long SequenceNumber, int RecordIndex) Last { get; private set; }

    /// <summary>Counts a message.</summary>
    public void Take(TelemetryMessage message)
    {
        Day = Math.Max(Day, (int)Math.Floor((message.EnqueuedTime - DateTimeOffset.UnixEpoch).TotalDays));
        var outcomes = _reader.Read(message.Body);
        Last = (message.SequenceNumber, outcomes.Count - 1);
        foreach (var read in outcomes.OfType<RecordOutcome.Read>().Where(r => r.Event.Parent is not null))
        {
            var lineage = Lineage.Of(read.Event.Parent!.Name, read.Event.Child.Name);
            if (!_parents.TryGetValue(lineage.Parent, out var parent)) _parents[lineage.Parent] = parent = new Parent();
            Count(parent, lineage.Child, read.Event.Host.Name);
        }
    }

    /// <summary>The rows that count at the end, in units. The shared row has no child.</summary>
    public IEnumerable<(string Parent, string? Child, long Units)> Rows() => _parents.SelectMany(p =>
    {
        Fade(p.Value);
        return p.Value.Children.Where(c => Counts(c.Value.Units)).Select(c => (p.Key, c.Key == Shared ? null : c.Key, c.Value.Units));
    });

    /// <summary>A count after some days of decay.</summary>
    public long Faded(long units, int days)
    {
        for (var day = 0; day < days; day++) units = (long)((UInt128)units * _step >> 32);
        return units;
    }

    /// <summary>Whether a count is present: at least 0.05 launches.</summary>
    public static bool Counts(long units) => units * 20 >= One;

    private const string Shared = "";

    private void Count(Parent parent, string child, string host)
    {
        Fade(parent);
        var present = parent.Children.Where(c => Counts(c.Value.Units)).ToList();
        var hasOwn = parent.Children.TryGetValue(child, out var own) && Counts(own.Units);
        var name = hasOwn || present.Count(c => c.Key != Shared) < MaxChildren ? child : Shared;
        if (!parent.Children.TryGetValue(name, out var row)) parent.Children[name] = row = new Row();
        var before = Counts(row.Units) ? row.Units : 0;
        var isRare = launchesPerHost > 0 && (Int128)before * 100 < (Int128)present.Sum(c => c.Value.Units) * RareBelowPercent;
        if (isRare && !MayCount(row, host)) return;
        row.Units = before + One;
    }

    private bool MayCount(Row row, string host)
    {
        if (row.Hosts.Count >= HostsThatMakeAHabit) return true;
        var counted = row.Hosts.GetValueOrDefault(host);
        if (counted >= launchesPerHost) return false;
        row.Hosts[host] = counted + 1;
        return true;
    }

    private void Fade(Parent parent)
    {
        if (parent.Day == Day) return;
        foreach (var row in parent.Children.Values)
        {
            row.Units = Faded(row.Units, Day - parent.Day);
            row.Hosts.Clear();
        }

        parent.Day = Day;
    }

    private sealed class Parent
    {
        public int Day { get; set; }

        public Dictionary<string, Row> Children { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Row
    {
        public long Units { get; set; }

        public Dictionary<string, int> Hosts { get; } = new(StringComparer.Ordinal);
    }
}
