namespace Changeling.Scoring;

/// <summary>The description of a package's model: <c>package.json</c> in the package.</summary>
public sealed record ModelManifest
{
    /// <summary>The model's version.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the feature schema it was trained with.</summary>
    public required int FeatureSchemaVersion { get; init; }

    /// <summary>Number of features of that schema.</summary>
    public required int Features { get; init; }

    /// <summary>The model threshold, a probability 0–1.</summary>
    public required double Threshold { get; init; }

    /// <summary>Converts a margin into a probability.</summary>
    public required PlattCalibration Calibration { get; init; }

    /// <summary>How the margins of its two readings become one.</summary>
    public required ReadingBalance Balance { get; init; }

    /// <summary>SHA-256 of each part of the package by its name, lower-case hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();

    /// <summary>The settings it was trained with.</summary>
    public ModelSettings? Settings { get; init; }

    /// <summary>Figures of the grouped cross-validation by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Training rows by file and label.</summary>
    public IReadOnlyDictionary<string, int> Data { get; init; } = new Dictionary<string, int>();
}
