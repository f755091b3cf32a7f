using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Rules;

/// <summary>
/// Evidence with the expected result of the rule. Fields that are not given have the value of an ordinary launch or are unknown.
/// </summary>
/// <param name="Say">What the example shows.</param>
/// <param name="Fires">Whether the rule must fire.</param>
public sealed record RuleExample(string Say, bool Fires)
{
    /// <summary>The prediction's label.</summary>
    public bool Malicious { get; init; }

    /// <summary>The model's probability; by default one that agrees with the label.</summary>
    public double? Probability { get; init; }

    /// <summary>The rarity, 0–100; <see langword="null"/> if it is unknown.</summary>
    public double? Rarity { get; init; }

    /// <summary>How often the parent started the child before, decayed launches; only with <see cref="RarityRating"/>.</summary>
    /// <value>Default 0.</value>
    public double Prevalence { get; init; }

    /// <summary>The parent's file name; by default <c>explorer.exe</c>.</summary>
    public string? Parent { get; init; }

    /// <summary>The child's file name; by default <c>notepad.exe</c>.</summary>
    public string? Child { get; init; }

    /// <summary>The child's path.</summary>
    public string? Path { get; init; }

    /// <summary>The child's original file name.</summary>
    public string? OriginalFileName { get; init; }

    /// <summary>The child's command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The hosts on which the child was classified as malicious before.</summary>
    public FleetOccurrence? Hosts { get; init; }

    /// <summary>The users for whom it was.</summary>
    public FleetOccurrence? Users { get; init; }

    /// <summary>For rules on sums: the window.</summary>
    public ClusterExample? Cluster { get; init; }

    /// <summary>Whether a rule decides as the example expects.</summary>
    public bool IsMetBy(RuleDefinition rule) => Fires == (rule.Cluster is { } cluster
        ? Cluster is { } window && cluster.Holds(window.ToEvidence())
        : rule.Condition is { } condition && condition.Holds(ToEvidence()));

    private Evidence ToEvidence()
    {
        var (parent, child) = (Parent ?? "explorer.exe", Child ?? "notepad.exe");
        var lineage = Lineage.Of(parent, child);
        var e = new ProcessEvent
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new HostIdentity("example"),
            Child = new ChildProcess { Name = child, Path = Path, OriginalFileName = OriginalFileName, CommandLine = CommandLine },
            Parent = new ParentProcess { Name = parent },
            Format = SourceFormats.Winlogbeat,
        };
        return Evidence.Of(e, new Prediction(Probability ?? (Malicious ? 0.9 : 0.02), Malicious)) with
        {
            Rarity = Rarity is { } score ? RarityOf(score, Prevalence, lineage) : null,
            Hosts = Hosts,
            Users = Users,
        };
    }

    private static RarityRating RarityOf(double score, double prevalence, Lineage lineage) => new()
    {
        Score = score,
        Surprise = 0,
        Share = Math.Pow(10, -score / 25),
        Lineage = lineage,
        ChildCount = prevalence,
        ParentCount = prevalence,
        DistinctChildren = 0,
        PriorWeight = 1,
    };
}

/// <summary>One entity's window, for an example.</summary>
/// <param name="Kind">What the entity is.</param>
/// <param name="Launches">Launches classified as malicious.</param>
/// <param name="Children">Distinct children among them.</param>
/// <param name="ProbabilitySum">Sum of their probabilities.</param>
/// <param name="Mean">The entity's mean before.</param>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record ClusterExample(ClusterKind Kind, int Launches, int Children, double ProbabilitySum, double Mean, double Deviation)
{
    internal ClusterEvidence ToEvidence() => new(
        Kind, "example", DateTimeOffset.UnixEpoch, Launches, ProbabilitySum, Mean, Deviation, 96,
        [.. Enumerable.Range(0, Children).Select(i => $"child{i}.exe")]);
}
