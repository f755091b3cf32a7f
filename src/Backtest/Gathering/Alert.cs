using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Events;

namespace Changeling.Backtest.Gathering;

/// <summary>An alert of a backtest with the launch behind it.</summary>
/// <param name="Report">The alert in the form of the report.</param>
/// <param name="Truth">The ground truth for the launch, if it is known.</param>
/// <param name="Launch">The launch; <see langword="null"/> for a cluster rule, which is about many launches.</param>
/// <param name="Clock">The partition clock at the alert, UTC.</param>
public sealed record Alert(DetectionReport Report, TruthStep? Truth, ProcessEvent? Launch, DateTimeOffset Clock)
{
    /// <summary>Whether the launch, or one launch of the cluster, is a step of an attack.</summary>
    public bool IsTrue => Report.Chain is not null;

    /// <summary>The attacks that it finds.</summary>
    public IEnumerable<string> Chains => Report.Cluster?.Chains ?? (Report.Chain is { } chain ? [chain] : []);

    /// <summary>The end of the time to detect: the time of the step, or the end of a cluster's window, UTC.</summary>
    public DateTimeOffset Found => Truth?.Time ?? Report.Time;
}
