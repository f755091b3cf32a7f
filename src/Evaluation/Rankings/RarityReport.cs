using System.Text.Json;

namespace Changeling.Evaluation.Rankings;

/// <summary>The result of <c>evaluate rarity</c>, in the form of the JSON report (snake case). It quotes no row.</summary>
/// <param name="Model">The model whose probability was used; <see langword="null"/> for none.</param>
/// <param name="Fold">The only fold that was ranked; <see langword="null"/> for all.</param>
/// <param name="Baselines">The rankings.</param>
public sealed record RarityReport(string? Model, int? Fold, IReadOnlyList<BaselineReport> Baselines)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Name and version of the layout.</summary>
    public string Schema { get; } = "changeling.evaluate-rarity/1";

    /// <summary>Writes it as JSON.</summary>
    public void WriteTo(Stream file) => JsonSerializer.Serialize(file, this, Format);
}

/// <summary>All rankings above one baseline.</summary>
/// <param name="Baseline">The name of the counts that were there before.</param>
/// <param name="Counted">Launches counted in it.</param>
/// <param name="Groups">By repository, and all together.</param>
public sealed record BaselineReport(string Baseline, int Counted, IReadOnlyList<GroupReport> Groups)
{
    /// <summary>How often launches reach values of the product's own scale; only for fleets.</summary>
    public ScaleReport? Scale { get; init; }
}

/// <summary>The product's rarity, shipped calibration and the fleet's own, over all launches from hour <see cref="FromHour"/> on.</summary>
/// <param name="Launches">Launches rated.</param>
/// <param name="ShareAt50">Share of launches of rarity 50 and more, 0.01 by its meaning.</param>
/// <param name="ShareAt75">Share of launches of rarity 75 and more, 0.001 by its meaning.</param>
public sealed record ScaleReport(int Launches, double ShareAt50, double ShareAt75)
{
    /// <summary>The hour from which a simulated fleet counts as settled.</summary>
    public const int FromHour = 48;
}

/// <summary>One group of attacks against its background.</summary>
/// <param name="Group">The repository; <c>all</c>; or <c>all, weak steps</c>.</param>
/// <param name="Chains">Recordings with an attack.</param>
/// <param name="Steps">Steps that were rated.</param>
/// <param name="Background">Background launches that were rated.</param>
/// <param name="ModelAlone">The model's ranking without any rarity.</param>
/// <param name="Measures">The measures, in their order.</param>
public sealed record GroupReport(
    string Group, int Chains, int Steps, int Background, Ranking? ModelAlone, IReadOnlyList<MeasureReport> Measures);

/// <summary>One measure.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Alone">The ranking by the measure alone.</param>
/// <param name="WithModel">The ranking by the model's probability times the measure on the product's scale.</param>
public sealed record MeasureReport(string Measure, Ranking? Alone, Ranking? WithModel);
