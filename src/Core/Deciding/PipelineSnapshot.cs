using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// Model, prior, rules and exceptions of one invocation. They do not change during it: a reload takes effect with the next invocation.
/// </summary>
/// <param name="Model">The supervised model.</param>
/// <param name="Prior">The shipped lineage counts, classes and calibration.</param>
/// <param name="Rules">The enabled rules.</param>
public sealed record PipelineSnapshot(IModel Model, Prior Prior, RuleSet Rules)
{
    /// <summary>The probability from which a launch is malicious: that of the rules, or the model's own.</summary>
    public double Threshold => Rules.Thresholds.Malicious ?? Model.Identity.Threshold;

    /// <summary>The identity of the model, with the threshold that is in force.</summary>
    public ModelIdentity Identity => Rules.Thresholds.Malicious is { } own ? Model.Identity with { Threshold = own } : Model.Identity;

    /// <summary>The exceptions in force.</summary>
    public ExceptionList Exceptions { get; init; } = ExceptionList.Empty;

    /// <summary>The counts of the other event partitions, some minutes old.</summary>
    public FleetView Fleet { get; init; } = FleetView.Empty;

    /// <summary>The evidence that depends on an event alone, judged by the threshold that is in force.</summary>
    internal Evidence EvidenceOf(ProcessEvent e)
    {
        var evidence = ScoredLaunches.With(Model).Evidence(e);
        return Rules.Thresholds.Malicious is { } own
            ? evidence with { Prediction = evidence.Prediction with { IsMalicious = evidence.Prediction.Probability >= own } }
            : evidence;
    }
}
