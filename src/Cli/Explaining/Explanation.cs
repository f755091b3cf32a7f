using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Cli.Explaining;

/// <summary>All facts about one event.</summary>
internal sealed record Explanation
{
    /// <summary>Its file, line and record.</summary>
    public required EventPlace Place { get; init; }

    /// <summary>Why this event was chosen; <see langword="null"/> if the user named it.</summary>
    public string? Chosen { get; init; }

    public required ProcessEvent Event { get; init; }

    public required ModelIdentity Model { get; init; }

    public required Prediction Prediction { get; init; }

    /// <summary>The raw score, in log-odds before calibration.</summary>
    public required double Margin { get; init; }

    /// <summary>The raw score of the act alone: the program's name and its arguments.</summary>
    public required double ActMargin { get; init; }

    /// <summary>The raw score of the whole launch, with its context.</summary>
    public required double WholeMargin { get; init; }

    /// <summary>The base value of the reasons: the mean margin over the training rows.</summary>
    public required double Expectation { get; init; }

    /// <summary>Strongest first, all of them: with <see cref="Expectation"/> they sum to <see cref="Margin"/>.</summary>
    public required IReadOnlyList<PredictionReason> Reasons { get; init; }

    public required IReadOnlyList<EventFeature> Features { get; init; }

    /// <summary>What the app had said of it; <see langword="null"/> for an event that is not of a finding.</summary>
    public ReportedScore? Reported { get; init; }

    /// <summary>Rarity from the prior and the earlier events of the file; <see langword="null"/> without a parent.</summary>
    public RarityRating? Rarity { get; init; }

    /// <summary>Rarity from the prior alone, as on the first day of a deployment.</summary>
    public RarityRating? RarityByPrior { get; init; }
}
