using Changeling.Counts;

namespace Changeling.Incidents;

/// <summary>How suspicious steps are, alone and together.</summary>
/// <remarks>
/// The numbers were fitted by logistic regression on the signals of simulated weeks with injected recordings and incidents, and rounded
/// (docs/decisions/0030-an-incident-is-scored-as-a-whole.md).
/// </remarks>
internal static class IncidentScore
{
    /// <summary>What a step must weigh to be remembered on its own.</summary>
    public const double Least = 0.03;

    /// <summary>What the finding of a cluster rule weighs: it counts the same launches once more.</summary>
    public const double OfCluster = 0.1;

    /// <summary>From this weight on, a step tells something beside another.</summary>
    private const double Telling = 0.1;

    /// <summary>What a step counts that stands alone.</summary>
    private const double Alone = 0.75;

    /// <summary>From this rarity on, a pair is reported as unusual.</summary>
    private const double Unusual = 75;

    /// <summary>Evidence of a step that a person would look into half of the time.</summary>
    private const double Half = 2.0;

    /// <summary>What one step weighs, 0–1.</summary>
    /// <param name="signal">The step.</param>
    /// <param name="days">On how many earlier days the fleet has shown it.</param>
    public static double Of(Signal signal, int days)
    {
        var rarity = signal.Rarity ?? 50;
        var evidence =
            (0.65 * LogOdds(signal.Probability))
            + (0.25 * LogOdds(signal.Act ?? signal.Probability))
            + (1.5 * rarity / 100)
            + (rarity >= Unusual ? 0.75 : 0)
            + (signal.IsFinding ? 0.65 : 0)
            - (1.8 * days)
            - 1.1;
        return Math.Round(1 - Math.Pow(2, -Math.Max(0, evidence) / Half), 4);
    }

    /// <summary>
    /// The whole, 0–1. Different steps outweigh one: 1 − ∏(1 − weight). The same step counts once, on however many hosts it was seen: a new
    /// version of a program does the same everywhere. Of steps of one program under one parent, those after the heaviest count a third,
    /// because the same trigger explains them. A step that stands alone counts three quarters: most false alarms do.
    /// </summary>
    public static double Of(Incident incident)
    {
        var steps = incident.Members.GroupBy(m => m.Signal.Step).Select(same => same.MaxBy(m => m.Weight)!).ToList();
        var doubt = steps.GroupBy(m => Trigger(m.Signal))
            .SelectMany(alike => alike.Select(m => m.Weight).OrderDescending().Select((weight, i) => i == 0 ? weight : weight / 3))
            .Concat(incident.Clusters.DistinctBy(c => c.Rule).Select(_ => OfCluster))
            .Aggregate(1.0, (all, weight) => all * (1 - weight));
        return 1 - (steps.Count(m => m.Weight >= Telling) > 1 ? doubt : Math.Pow(doubt, Alone));
    }

    /// <summary>A program under its parent, whatever number or random part their names have.</summary>
    private static (string Program, string Parent) Trigger(Signal signal) =>
        (LineageName.Fold(signal.Process.Name), signal.Ancestors.Count > 0 ? LineageName.Fold(signal.Ancestors[0].Name) : "");

    private static double LogOdds(double probability)
    {
        var bounded = Math.Clamp(probability, 0.002, 0.998);
        return Math.Log(bounded / (1 - bounded));
    }
}
