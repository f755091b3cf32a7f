namespace Changeling.Simulation.Injection;

/// <summary>Labelled rows to place on simulated hosts: attacks as whole chains, ordinary rows as look-alikes here and there.</summary>
public sealed record InjectionOptions
{
    private const int UsualLearningHours = 24;

    /// <summary>The rows, in the order of their files. Those without a label or a parent are left out.</summary>
    public required IReadOnlyList<InjectedRow> Rows { get; init; }

    /// <summary>Rows of label 0 placed on each host in every 24 hours.</summary>
    /// <value>0 to 1,000; 1 unless set.</value>
    public int Rate { get; init; } = 1;

    /// <summary>Chains begin only after so many hours; look-alikes occur from the first.</summary>
    /// <value>
    /// 24, the usual learning time, or <see cref="SimulationOptions.QuietHours"/> in a simulation of less than two days, unless set.
    /// </value>
    public int? AfterHours { get; init; }

    /// <summary>Maximum number of chains to place, chosen by the seed: where attacks are no rarity, rarity finds none.</summary>
    /// <value>At least 1; all unless set.</value>
    public int? MaxChains { get; init; }

    /// <summary>The attacks: rows of label 1 by dataset, each in recorded order; rows without a time keep their file's.</summary>
    internal IEnumerable<IReadOnlyList<InjectedRow>> Chains =>
        from row in Rows
        where row is { Label: 1, CanBePlaced: true }
        group row by row.Dataset into chain
        orderby chain.Key
        select (IReadOnlyList<InjectedRow>)[.. chain.OrderBy(row => row.Time ?? chain.First().Time)];

    /// <summary>The look-alikes: each combination of parent, child and command once, however often it was recorded.</summary>
    internal IReadOnlyList<InjectedRow> LookAlikes =>
        [.. Rows.Where(row => row is { Label: 0, CanBePlaced: true }).DistinctBy(row => row.Combination)];

    internal int BeginAfter(int hours) =>
        AfterHours ?? (hours < 2 * UsualLearningHours ? SimulationOptions.QuietHours : UsualLearningHours);
}
