namespace Changeling.Features;

/// <summary>The names of the features in their fixed order, and the version of that list.</summary>
public static class FeatureSchema
{
    /// <summary>Version of names, order and meaning; a model trained with another version is refused.</summary>
    public const int Version = 1;

    /// <summary>Number of features.</summary>
    public const int Length = 0;
}
