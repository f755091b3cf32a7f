using System.Runtime.InteropServices;

namespace Changeling.Features;

/// <summary>Sums a model's contributions to reasons, and names only those that may be among the strongest.</summary>
/// <remarks>
/// A word is a feature and a gram of the same name: they are one reason. Trigrams and character grams have names of their own, so their
/// names are only made for the strongest. What has been added to a reason is set to 0.
/// </remarks>
internal ref struct ReasonSums
{
    /// <summary>The names of the reasons of computed features and of what is absent.</summary>
    private static readonly string[] Names = [.. FeatureSchema.Definitions.Select(d => Reasons.ReasonOf(d.Name)).Distinct()];

    /// <summary>By feature, the index of its reason in <see cref="Names"/>; of a hashed feature, of its absence.</summary>
    private static readonly int[] ReasonOf =
        [.. FeatureSchema.Definitions.Select(d => Array.IndexOf(Names, Reasons.ReasonOf(d.Name)))];

    private readonly Launch _launch;
    private readonly Span<double> _byFeature;
    private readonly ReadOnlySpan<int> _grams;
    private readonly Span<double> _byGram;
    private readonly double[] _sums = new double[Names.Length];
    private readonly List<(HashedText Text, double Weight)> _words = [];

    /// <param name="launch">What was scored.</param>
    /// <param name="features">Its features.</param>
    /// <param name="byFeature">The contribution of each feature; is overwritten.</param>
    /// <param name="byGram">The contribution of each of <see cref="FeatureVector.Grams"/>; is overwritten.</param>
    public ReasonSums(Launch launch, FeatureVector features, Span<double> byFeature, Span<double> byGram)
    {
        _launch = launch;
        _byFeature = byFeature;
        _grams = features.Grams;
        _byGram = byGram;
        SumComputed(features.Values);
        SumWords();
    }

    /// <summary>The sums that may be among the strongest, with their names: also all that are as strong as the last.</summary>
    /// <param name="most">How many reasons are wanted.</param>
    public readonly List<(string Name, double Weight)> Strongest(int most)
    {
        var least = Least(most);
        var strongest = new List<(string Name, double Weight)>();
        for (var reason = 0; reason < _sums.Length; reason++) if (Is(_sums[reason])) strongest.Add((Names[reason], _sums[reason]));
        foreach (var (text, weight) in _words) if (Is(weight)) strongest.Add((text.Name, weight));
        AddTrigrams(least, strongest);
        AddLetters(least, strongest);
        return strongest;

        bool Is(double weight) => IsAtLeast(weight, least);
    }

    private readonly void SumComputed(float[] values)
    {
        var computed = FeatureSchema.Computed.Count;
        for (var f = 0; f < values.Length; f++)
        {
            if (f >= computed && values[f] != 0) continue;
            _sums[ReasonOf[f]] += _byFeature[f];
            _byFeature[f] = 0;
        }

        // By bucket, because the order of the summands decides the last bits.
        var grams = new List<(int Gram, int Reason)>();
        for (var f = 0; f < computed; f++)
        {
            if (values[f] != 0 && Gram(SparseGrams.BucketOf(f, values[f])) is >= 0 and var gram && !grams.Exists(g => g.Gram == gram))
                grams.Add((gram, ReasonOf[f]));
        }

        grams.Sort();
        foreach (var (gram, reason) in grams)
        {
            _sums[reason] += _byGram[gram];
            _byGram[gram] = 0;
        }
    }

    private readonly void SumWords()
    {
        var places = new Dictionary<HashedText, int>();
        foreach (var (bucket, text) in HashedFeatures.Texts(_launch))
            Move(ref _byFeature[FeatureSchema.Computed.Count + bucket], text, places);
        foreach (var (bucket, text) in GramTexts.Of(_launch))
        {
            if (Gram(bucket) is >= 0 and var gram) Move(ref _byGram[gram], text, places);
        }
    }

    private readonly void Move(ref double weight, HashedText text, Dictionary<HashedText, int> places)
    {
        if (weight == 0) return;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, text, out var isKnown);
        if (!isKnown)
        {
            place = _words.Count;
            _words.Add((text, 0));
        }

        CollectionsMarshal.AsSpan(_words)[place].Weight += weight;
        weight = 0;
    }

    /// <summary>The index of a bucket among the event's grams; below 0 if nothing is left to be added from it.</summary>
    private readonly int Gram(int bucket) => _grams.BinarySearch(bucket) is >= 0 and var gram && _byGram[gram] != 0 ? gram : -1;

    /// <summary>The weight of the last of so many reasons.</summary>
    private readonly double Least(int most)
    {
        if (most >= _sums.Length + _words.Count + _byFeature.Length + _byGram.Length) return 0;
        var strongest = new double[most];
        Add(_sums, strongest);
        foreach (var (_, weight) in _words) Add([weight], strongest);
        Add(_byFeature, strongest);
        Add(_byGram, strongest);
        return strongest[0];

        // The strongest so far are ascending: a stronger weight takes the place of the weakest.
        static void Add(ReadOnlySpan<double> weights, double[] strongest)
        {
            foreach (var weight in weights)
            {
                var strength = Math.Abs(weight);
                if (strength <= strongest[0]) continue;
                var at = 0;
                for (; at + 1 < strongest.Length && strongest[at + 1] < strength; at++) strongest[at] = strongest[at + 1];
                strongest[at] = strength;
            }
        }
    }

    private readonly void AddTrigrams(double least, List<(string Name, double Weight)> strongest)
    {
        var left = Count(_byFeature, least);
        if (left == 0) return;
        foreach (var (bucket, text, at) in HashedFeatures.Trigrams(_launch))
        {
            ref var weight = ref _byFeature[FeatureSchema.Computed.Count + bucket];
            if (!IsAtLeast(weight, least)) continue;
            strongest.Add(($"{HashedText.Trigram}:{text.AsSpan(at, 3)}", weight));
            weight = 0;
            if (--left == 0) return;
        }
    }

    private readonly void AddLetters(double least, List<(string Name, double Weight)> strongest)
    {
        var left = Count(_byGram, least);
        if (left == 0) return;

        // The last bits of the buckets that are looked for: nearly all others need not be searched.
        var wanted = 0UL;
        for (var gram = 0; gram < _byGram.Length; gram++) if (IsAtLeast(_byGram[gram], least)) wanted |= 1UL << (_grams[gram] & 63);
        foreach (var (bucket, text, at, length) in GramTexts.Letters(_launch))
        {
            if ((wanted >> (bucket & 63) & 1) == 0 || Gram(bucket) is var gram && gram < 0 || !IsAtLeast(_byGram[gram], least)) continue;
            strongest.Add(($"{GramTexts.LetterKind}:{text.AsSpan(at, length)}", _byGram[gram]));
            _byGram[gram] = 0;
            if (--left == 0) return;
        }
    }

    private static int Count(ReadOnlySpan<double> weights, double least)
    {
        var count = 0;
        foreach (var weight in weights) if (IsAtLeast(weight, least)) count++;
        return count;
    }

    private static bool IsAtLeast(double weight, double least) => weight != 0 && Math.Abs(weight) >= least;
}
