using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Rules;

/// <summary>All that is known of one event when the rules look at it; every rule reads the same.</summary>
/// <param name="Event">The event.</param>
/// <param name="Prediction">What the model says of it.</param>
public sealed record Evidence(ProcessEvent Event, Prediction Prediction)
{
    /// <summary>How unusual the child is for its parent; <see langword="null"/> when the parent is unknown.</summary>
    public RarityRating? Rarity { get; init; }

    /// <summary>Whether the child is what it says.</summary>
    public Masquerade Masquerade { get; init; } = Masquerade.None;

    /// <summary>The pattern of the blocklist that the launch fits.</summary>
    public BlocklistPattern? Blocklist { get; init; }

    /// <summary>The technique that the child is known for; <see langword="null"/> when it is no catalogued LOLBin.</summary>
    public AttackReference? LolBin { get; init; }

    /// <summary>The parent's class; <see langword="null"/> when the parent is unknown.</summary>
    public ParentClass? ParentClass { get; init; }

    /// <summary>On which hosts the child was taken for malicious before; <see langword="null"/> where it was not looked up.</summary>
    public Spread? Hosts { get; init; }

    /// <summary>For which users the child was taken for malicious before; <see langword="null"/> where it was not looked up.</summary>
    public Spread? Users { get; init; }

    /// <summary>Malicious to the rules: the model says so, or the blocklist.</summary>
    public bool IsMalicious => Prediction.IsMalicious || Blocklist is not null;

    /// <summary>Gathers what an event and its prediction say by themselves.</summary>
    public static Evidence Of(ProcessEvent e, Prediction prediction) => new(e, prediction)
    {
        Masquerade = Masquerade.Of(e),
        Blocklist = Rules.Blocklist.Shipped.Find(e),
        LolBin = LolBinCatalogue.Shipped.TechniqueOf(e.Child.Name),
        ParentClass = e.Parent is { } parent ? ParentClassifier.Classify(LineageName.Fold(parent.Name), parent.Path) : null,
    };
}
