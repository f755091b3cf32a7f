namespace Changeling.Evaluation;

/// <summary>The options of the ranking.</summary>
public sealed record RarityOptions
{
    /// <summary>Hosts of each simulated fleet.</summary>
    public required IReadOnlyList<int> Fleets { get; init; }

    /// <summary>Seed of the fleets.</summary>
    public required int Seed { get; init; }

    /// <summary>The only fold whose recordings are ranked; <see langword="null"/> for all.</summary>
    public int? Fold { get; init; }

    /// <summary>Whether to leave the model out.</summary>
    public bool IsAlone { get; init; }
}
