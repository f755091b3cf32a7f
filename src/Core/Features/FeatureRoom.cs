namespace Changeling.Features;

/// <summary>
/// Room for the features of one launch, which the next one uses again, so that scoring allocates nothing for them.
/// </summary>
public sealed class FeatureRoom
{
    [ThreadStatic]
    private static FeatureRoom? _ofThread;

    private readonly float[] _values = new float[FeatureSchema.Length];
    private readonly BucketSet _grams = new();

    private FeatureRoom()
    {
    }

    /// <summary>The room of the thread that asks.</summary>
    public static FeatureRoom OfThread => _ofThread ??= new();

    /// <summary>The features of a launch.</summary>
    /// <returns>Views of this room: valid until the next call.</returns>
    public FeatureSpans Read(Launch launch)
    {
        _grams.Clear();
        FeatureExtractor.Write(launch, _values);
        var hashed = _values.AsSpan(FeatureSchema.Computed.Count);
        HashedFeatures.Write(launch, hashed, _grams);
        SparseGrams.AddAct(launch, _values, _grams);
        var ofAct = _grams.Count;
        LineageHashes.Write(launch, HashedFeatures.Names(hashed), _grams);
        SparseGrams.AddContext(launch, _values, _grams);
        return new(_values, _grams.All[..ofAct], _grams.All[ofAct..]);
    }
}

/// <summary>The features of one launch where they lie.</summary>
public readonly ref struct FeatureSpans
{
    internal FeatureSpans(ReadOnlySpan<float> values, ReadOnlySpan<int> actGrams, ReadOnlySpan<int> contextGrams)
    {
        Values = values;
        ActGrams = actGrams;
        ContextGrams = contextGrams;
    }

    /// <summary>One number a feature, all finite.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The buckets of <see cref="SparseGrams"/> that the act sets, distinct.</summary>
    public ReadOnlySpan<int> ActGrams { get; }

    /// <summary>Those that only the context sets, distinct.</summary>
    public ReadOnlySpan<int> ContextGrams { get; }
}
