namespace Changeling.Features;

/// <summary>
/// Room for the features of one launch, which the next one uses again, so that scoring allocates nothing for them.
/// </summary>
public sealed class FeatureRoom
{
    [ThreadStatic]
    private static FeatureRoom? _ofThread;

    private readonly float[] _values = new float[FeatureSchema.Length];
    private readonly BucketSet _all = new();
    private readonly BucketSet _ofAct = new();

    private FeatureRoom()
    {
    }

    /// <summary>The room of the thread that asks.</summary>
    public static FeatureRoom OfThread => _ofThread ??= new();

    /// <summary>The features of a launch.</summary>
    /// <returns>Views of this room: valid until the next call.</returns>
    public FeatureSpans Read(Launch launch)
    {
        FeatureExtractor.Write(launch, _values);
        SparseGrams.Add(launch, _values, _all, _ofAct);
        _all.Add(_ofAct);
        return new(_values, _all.Take(), _ofAct.Take());
    }
}

/// <summary>The features of one launch where they lie, as <see cref="FeatureVector"/> keeps them.</summary>
public readonly ref struct FeatureSpans
{
    internal FeatureSpans(ReadOnlySpan<float> values, ReadOnlySpan<int> grams, ReadOnlySpan<int> actGrams)
    {
        Values = values;
        Grams = grams;
        ActGrams = actGrams;
    }

    /// <summary>One number a feature, all finite.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The set buckets of <see cref="SparseGrams"/>, ascending and distinct.</summary>
    public ReadOnlySpan<int> Grams { get; }

    /// <summary>Those of them that the act alone sets.</summary>
    public ReadOnlySpan<int> ActGrams { get; }
}
