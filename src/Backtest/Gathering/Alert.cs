using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Events;

namespace Changeling.Backtest.Gathering;

/// <summary>An alert of a backtest with the launch behind it.</summary>
/// <param name="Report">The alert in the form of the report.</param>
/// <param name="Truth">The ground truth for the launch, if it is known.</param>
/// <param name="Launch">The launch; <see langword="null"/> for a cluster rule or an incident, which are about many launches.</param>
/// <param name="Clock">The partition clock at the alert, UTC; for an incident the clock of incidents.</param>
public sealed record Alert(DetectionReport Report, TruthStep? Truth, ProcessEvent? Launch, DateTimeOffset Clock)
{
    /// <summary>The steps of attacks and look-alikes in an incident; <see langword="null"/> for a finding.</summary>
    public IReadOnlyCollection<TruthStep>? Held { get; init; }

    /// <summary>For each attack in an incident: when people first saw a step of it, UTC.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Shown { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Whether the launch, or one launch of the cluster or incident, is a step of an attack.</summary>
    public bool IsTrue => Report.Chain is not null;

    /// <summary>The attacks that it finds.</summary>
    public IEnumerable<string> Chains =>
        Report.Cluster?.Chains ?? Report.Incident?.Chains?.Select(c => c.Chain) ?? (Report.Chain is { } chain ? [chain] : []);

    /// <summary>The launches of the ground truth that it is about.</summary>
    public IEnumerable<TruthStep> Steps => Held ?? (Truth is { } step ? [step] : Enumerable.Empty<TruthStep>());

    /// <summary>
    /// The end of the time to detect an attack, UTC: the time of the step, the end of a cluster's window, or the message in which an
    /// incident first shows a step.
    /// </summary>
    public DateTimeOffset FoundAt(string chain) =>
        Shown.TryGetValue(chain, out var at) ? at : Truth?.Time ?? Report.Time;
}
