using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Rules;

/// <summary>The evidence on one event, which all rules evaluate.</summary>
/// <param name="Event">The event.</param>
/// <param name="Prediction">The model's prediction.</param>
public sealed record Evidence(ProcessEvent Event, Prediction Prediction)
{
    /// <summary>How unusual the child is for its parent; <see langword="null"/> when the parent is unknown.</summary>
    public RarityRating? Rarity { get; init; }

    /// <summary>Whether the child is the program that its name says.</summary>
    public Masquerade Masquerade { get; init; } = Masquerade.None;

    /// <summary>The pattern of the blocklist that the launch matches.</summary>
    public BlocklistPattern? Blocklist { get; init; }

    /// <summary>The technique that the child is known for; <see langword="null"/> when it is not a catalogued LOLBin.</summary>
    public AttackReference? LolBin { get; init; }

    /// <summary>The parent's class; <see langword="null"/> when the parent is unknown.</summary>
    public ParentClass? ParentClass { get; init; }

    /// <summary>On which hosts the child was classified as malicious before; <see langword="null"/> where it was not looked up.</summary>
    public FleetOccurrence? Hosts { get; init; }

    /// <summary>For which users the child was classified as malicious before; <see langword="null"/> where it was not looked up.</summary>
    public FleetOccurrence? Users { get; init; }

    /// <summary>Whether the launch is malicious for the rules: classified so by the model, or on the blocklist.</summary>
    public bool IsMalicious => Prediction.IsMalicious || Blocklist is not null;

    /// <summary>Creates the part of the evidence that depends only on the event and its prediction.</summary>
    public static Evidence Of(ProcessEvent e, Prediction prediction) => Of(e, Launch.Of(e), prediction);

    /// <summary>Creates the same of an event that was read as a launch.</summary>
    public static Evidence Of(ProcessEvent e, Launch launch, Prediction prediction) => new(e, prediction)
    {
        Masquerade = Masquerade.Of(e),
        Blocklist = Rules.Blocklist.Shipped.Find(e, launch),
        LolBin = LolBinCatalogue.Shipped.TechniqueOf(e.Child.Name),
        ParentClass = e.Parent is { } parent ? ParentClassifier.Classify(LineageName.Fold(parent.Name), parent.Path) : null,
    };
}
