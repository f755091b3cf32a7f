using Changeling.Events;

namespace Changeling.Features;

/// <summary>
/// Turns an event into its features, in the same way for training and scoring. Pure and safe to call from many threads. Time and memory are
/// limited for any event.
/// </summary>
/// <remarks>An absent field gives exactly the features of the unremarkable case; see <see cref="Launch"/>.</remarks>
public static class FeatureExtractor
{
    private static readonly Feature[] Computed = [.. FeatureSchema.Computed];

    /// <summary>The features of one event, to keep.</summary>
    public static FeatureVector Extract(ProcessEvent processEvent) => Extract(Launch.Of(processEvent));

    /// <summary>The features of one launch, to keep.</summary>
    public static FeatureVector Extract(Launch launch)
    {
        var features = FeatureRoom.OfThread.Read(launch);
        return new(features.Values.ToArray(), features.Grams.ToArray(), features.ActGrams.ToArray());
    }

    /// <summary>Writes the dense features of one launch.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">One number a feature; what they hold before does not count.</param>
    internal static void Write(Launch launch, Span<float> values)
    {
        var computed = Computed;
        for (var i = 0; i < computed.Length; i++) values[i] = computed[i].Value(launch);
        values[computed.Length..].Clear();
        HashedFeatures.Write(launch, values[computed.Length..]);
    }

    /// <summary>
    /// The name of a feature for one event. A hashed feature is named after the text of this event that it was hashed from.
    /// </summary>
    /// <returns>For example <c>behaviour.lsass</c>, or <c>command_line.word:urlcache</c>.</returns>
    public static IReadOnlyList<string> Describe(Launch launch, IReadOnlyList<int> features)
    {
        var grams = HashedFeatures.FirstGrams(launch);
        return [.. features.Select(f => Describe(grams, f))];
    }

    private static string Describe(string?[] grams, int feature)
    {
        var name = FeatureSchema.Definitions[feature].Name;
        var hashed = feature - FeatureSchema.Computed.Count;
        if (hashed < 0) return name;
        return grams[hashed] is { } gram ? $"{name[..name.LastIndexOf('.')]}:{gram}" : name;
    }
}
