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

    /// <summary>SHA-256 of the trees, lower-case hexadecimal.</summary>
    public required string TreesSha256 { get; init; }

    /// <summary>SHA-256 of the linear model, lower-case hexadecimal.</summary>
    public required string LinearSha256 { get; init; }

    /// <summary>The settings it was trained with.</summary>
    public ModelSettings? Settings { get; init; }

    /// <summary>Figures of the grouped cross-validation by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Training rows by file and label.</summary>
    public IReadOnlyDictionary<string, int> Data { get; init; } = new Dictionary<string, int>();
}
