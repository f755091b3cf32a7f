using Changeling.Events;

namespace Changeling.Features;

/// <summary>
/// Turns an event into its features, in the same way for training and scoring. Pure and safe to call from many threads. Time and memory are
/// limited for any event.
/// </summary>
/// <remarks>An absent field gives exactly the features of the unremarkable case; see <see cref="Launch"/>.</remarks>
public static class FeatureExtractor
{
    private static readonly (int Start, int Count, FeatureWriter<Launch> Write)[] OfLaunch = Writers<Launch>();
    private static readonly (int Start, int Count, FeatureWriter<LaunchParent> Write)[] OfParentAlone = Writers<LaunchParent>();

    /// <summary>The features of one event, to keep.</summary>
    public static FeatureVector Extract(ProcessEvent processEvent) => Extract(Launch.Of(processEvent));

    /// <summary>The features of one launch, to keep.</summary>
    public static FeatureVector Extract(Launch launch)
    {
        var features = FeatureRoom.OfThread.Read(launch);
        int[] act = [.. features.ActGrams], all = [.. act, .. features.ContextGrams];
        Array.Sort(act);
        Array.Sort(all);
        return new(features.Values.ToArray(), all, act);
    }

    /// <summary>Writes the dense features of one launch.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">One number a feature; what they hold before does not count.</param>
    internal static void Write(Launch launch, Span<float> values)
    {
        values.Clear();
        foreach (var (start, count, write) in OfLaunch) write(launch, values.Slice(start, count));
        foreach (var (feature, value) in launch.Parent.Features) values[feature] = value;
    }

    /// <summary>The dense features of a parent alone that are not 0, with its hashed words.</summary>
    internal static (int Feature, float Value)[] OfParent(LaunchParent parent)
    {
        Span<float> values = stackalloc float[FeatureSchema.Length];
        foreach (var (start, count, write) in OfParentAlone) write(parent, values.Slice(start, count));
        HashedFeatures.WriteParent(parent.Words, values[FeatureSchema.Computed.Count..]);
        var set = new List<(int, float)>();
        for (var i = 0; i < values.Length; i++) if (values[i] != 0) set.Add((i, values[i]));
        return [.. set];
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

    private static (int Start, int Count, FeatureWriter<T> Write)[] Writers<T>()
    {
        var (writers, start) = (new List<(int, int, FeatureWriter<T>)>(), 0);
        foreach (var feature in FeatureSchema.Features)
        {
            if (feature is Feature<T> own) writers.Add((start, own.Definitions.Count, own.Write));
            start += feature.Definitions.Count;
        }

        return [.. writers];
    }
}
