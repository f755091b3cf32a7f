using System.Globalization;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Gathering;

/// <summary>The numbers of one day while they are counted.</summary>
internal sealed class Day
{
    public Day()
    {
    }

    public Day(DayState state)
    {
        (Launches, NewLineages, Alerts, Notes, FalseAlerts) =
            (state.Launches, state.NewLineages, state.Alerts, state.Notes, state.FalseAlerts);
        foreach (var (rule, count) in state.Rules) Rules[rule] = count;
    }

    public int Launches { get; set; }

    public int NewLineages { get; set; }

    public int Alerts { get; set; }

    public int Notes { get; set; }

    public int FalseAlerts { get; set; }

    public SortedDictionary<string, int> Rules { get; } = new(StringComparer.Ordinal);

    public Day Copy()
    {
        var copy = WithoutFindings();
        (copy.Alerts, copy.Notes, copy.FalseAlerts) = (Alerts, Notes, FalseAlerts);
        foreach (var (rule, count) in Rules) copy.Rules[rule] = count;
        return copy;
    }

    /// <summary>The numbers of launches alone.</summary>
    public Day WithoutFindings() => new() { Launches = Launches, NewLineages = NewLineages };

    /// <summary>Counts a detection of each of its rules.</summary>
    public void Count(IEnumerable<string> rules)
    {
        foreach (var rule in rules) Rules[rule] = Rules.GetValueOrDefault(rule) + 1;
    }

    public DayReport Report(DateOnly date, bool knowsTruth) => new(
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Launches,
        NewLineages,
        Launches == 0 ? 0 : Math.Round((double)NewLineages / Launches, 5),
        Alerts,
        Notes,
        Rules,
        knowsTruth ? FalseAlerts : null);
}
