namespace Changeling.Features;

/// <summary>The features in their fixed order, and the version of that list.</summary>
/// <remarks>A change of a name, of the order or of the meaning of one feature is a new version.</remarks>
public static class FeatureSchema
{
    /// <summary>Version of names, order and meaning; a model trained with another version is refused.</summary>
    public const int Version = 4;

    /// <summary>The features that are computed one by one; the hashed ones follow them.</summary>
    internal static IReadOnlyList<Feature> Computed { get; } =
    [
        .. CommandLineFeatures.All, .. IdentityFeatures.All, .. LineageFeatures.All,
    ];

    /// <summary>Name, unit and range of each feature.</summary>
    public static IReadOnlyList<FeatureDefinition> Definitions { get; } =
        [.. Computed.Select(f => new FeatureDefinition(f.Name, f.Unit, f.Range)), .. HashedFeatures.Definitions];

    /// <summary>Number of features.</summary>
    public static int Length => Definitions.Count;
}
