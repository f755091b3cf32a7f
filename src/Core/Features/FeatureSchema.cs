namespace Changeling.Features;

/// <summary>The features in their fixed order, and the version of that list.</summary>
/// <remarks>A change of a name, of the order or of the meaning of one feature is a new version.</remarks>
public static class FeatureSchema
{
    /// <summary>Version of names, order and meaning; a model trained with another version is refused.</summary>
    public const int Version = 6;

    /// <summary>The features that are computed one by one; the hashed ones follow them.</summary>
    internal static IReadOnlyList<Feature> Features { get; } =
    [
        .. CommandLineFeatures.All, .. IdentityFeatures.All, .. LineageFeatures.All,
    ];

    /// <summary>Their meanings.</summary>
    internal static IReadOnlyList<FeatureDefinition> Computed { get; } = [.. Features.SelectMany(f => f.Definitions)];

    /// <summary>Name, unit and range of each feature.</summary>
    public static IReadOnlyList<FeatureDefinition> Definitions { get; } =
        [.. Computed, .. HashedFeatures.Definitions];

    /// <summary>
    /// By index of a feature: whether it is of the act. Such a feature reads the program's name and its arguments, and nothing of the
    /// parent, the user, the rights and the place of the program.
    /// </summary>
    public static IReadOnlyList<bool> OfAct { get; } = [.. Definitions.Select(d => ActFeatures.Include(d.Name))];

    /// <summary>Number of features.</summary>
    public static int Length => Definitions.Count;
}
