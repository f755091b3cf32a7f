using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Scoring;

namespace Changeling.Benchmarking;

/// <summary>The options of a run of the benchmark.</summary>
public sealed record BenchOptions
{
    /// <summary>The names of the stages, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["floor", "read", "features", "model", "pipeline", "pipeline_distinct", "naive", "store_floor", "app", "backtest"];

    /// <summary>The usual value of <see cref="Events"/>: the whole takes about three minutes on two cores.</summary>
    public const int UsualEvents = 20_000;

    /// <summary>The usual value of <see cref="Repetitions"/>.</summary>
    public const int UsualRepetitions = 5;

    /// <summary>Number of events in a repetition.</summary>
    /// <value>20,000 unless set; at least 100.</value>
    public int Events { get; init; } = UsualEvents;

    /// <summary>Number of repetitions behind each figure.</summary>
    /// <value>5 unless set; at least 1.</value>
    public int Repetitions { get; init; } = UsualRepetitions;

    /// <summary>Repetitions before them that do not count: methods are compiled and optimised there.</summary>
    /// <value>3 unless set.</value>
    public int WarmUps { get; init; } = 3;

    /// <summary>The stages that are measured.</summary>
    /// <value>All <see cref="Names"/> unless set.</value>
    public IReadOnlyCollection<string> Stages { get; init; } = Names;

    /// <summary>Numbers of event partitions of the app and the store.</summary>
    /// <value>4, 16 and 32 unless set.</value>
    public IReadOnlyList<int> Partitions { get; init; } = [4, 16, 32];

    /// <summary>The model.</summary>
    public required ModelPackage Model { get; init; }

    /// <summary>The prior.</summary>
    public required Prior Prior { get; init; }

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; init; } = RuleSet.Shipped;

    /// <summary>The folder of the built function app.</summary>
    public required Func<string> AppFolder { get; init; }

    /// <summary>The folder in which Azurite is installed.</summary>
    public required Func<string> ToolsFolder { get; init; }
}
