using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Events;

namespace Changeling.Backtest.Gathering;

/// <summary>An alert of a backtest with the launch behind it.</summary>
/// <param name="Report">As the report has it.</param>
/// <param name="Truth">What the launch really was, where that is known.</param>
/// <param name="Launch">The launch; <see langword="null"/> for a rule on clusters, which is about many.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
public sealed record Alert(DetectionReport Report, TruthStep? Truth, ProcessEvent? Launch, DateTimeOffset Clock)
{
    /// <summary>Whether it is a step of an attack, or has one among its launches.</summary>
    public bool IsTrue => Report.Chain is not null;

    /// <summary>The attacks that it finds.</summary>
    public IEnumerable<string> Chains => Report.Cluster?.Chains ?? (Report.Chain is { } chain ? [chain] : []);

    /// <summary>What the time to detect ends with: the step itself, or the end of a cluster's window, UTC.</summary>
    public DateTimeOffset Found => Truth?.Time ?? Report.Time;
}
