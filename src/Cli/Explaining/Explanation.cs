using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Cli.Explaining;

/// <summary>All there is to say of one event.</summary>
internal sealed record Explanation
{
    /// <summary>Where it stands, line and record always named.</summary>
    public required EventPlace Place { get; init; }

    /// <summary>Why this one, where the user named none; <see langword="null"/> where it was named.</summary>
    public string? Chosen { get; init; }

    public required ProcessEvent Event { get; init; }

    public required ModelIdentity Model { get; init; }

    public required Prediction Prediction { get; init; }

    /// <summary>The raw score, in log-odds before calibration.</summary>
    public required double Margin { get; init; }

    /// <summary>Where reasons start from: the mean margin over the training rows.</summary>
    public required double Expectation { get; init; }

    /// <summary>Strongest first, all of them: with <see cref="Expectation"/> they sum to <see cref="Margin"/>.</summary>
    public required IReadOnlyList<PredictionReason> Reasons { get; init; }

    public required IReadOnlyList<EventFeature> Features { get; init; }

    /// <summary>By the prior and what came before in the file; <see langword="null"/> without a parent.</summary>
    public RarityRating? Rarity { get; init; }

    /// <summary>By the prior alone, as on the first day of a deployment.</summary>
    public RarityRating? RarityByPrior { get; init; }
}
