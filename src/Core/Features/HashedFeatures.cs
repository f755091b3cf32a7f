using System.Runtime.Intrinsics;

namespace Changeling.Features;

/// <summary>
/// Words, pairs of words, character trigrams and the lineage of known names, hashed into a bounded number of buckets. A bucket alone has no
/// meaning; <see cref="FirstGrams"/> gives the text of an event that was hashed into it.
/// </summary>
internal static class HashedFeatures
{
    public const int WordBuckets = 512;
    public const int TrigramBuckets = 256;
    public const int NameBuckets = 256;
    public const int ParentWordBuckets = 128;

    /// <summary>
    /// Maximum number of characters of the folded text that trigrams are taken from; a longer text would set every bucket.
    /// </summary>
    private const int TrigramText = 512;

    private const float MaxTrigrams = 4;

    public static IReadOnlyList<FeatureDefinition> Definitions { get; } =
    [
        .. Enumerable.Range(0, WordBuckets).Select(i => new FeatureDefinition($"command_line.word.{i:000}", "flag", "0 or 1")),
        .. Enumerable.Range(0, TrigramBuckets).Select(i => new FeatureDefinition($"command_line.trigram.{i:000}", "trigrams", "0–4")),
        .. Enumerable.Range(0, NameBuckets).Select(i => new FeatureDefinition($"lineage.name.{i:000}", "flag", "0 or 1")),
        .. Enumerable.Range(0, ParentWordBuckets).Select(i => new FeatureDefinition($"parent.word.{i:000}", "flag", "0 or 1")),
    ];

    /// <summary>Writes what a launch has besides its parent's words.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">The hashed features.</param>
    /// <param name="grams">Receives the buckets of words for <see cref="SparseGrams"/>.</param>
    public static void Write(Launch launch, Span<float> values, BucketSet grams)
    {
        HashedWords.Write(launch, values[..WordBuckets], grams);
        var trigrams = values.Slice(WordBuckets, TrigramBuckets);
        var text = launch.FoldedText(TrigramText);
        var i = 0;
        Span<uint> hashes = stackalloc uint[Vector256<uint>.Count];
        for (; i + hashes.Length + 2 <= text.Length; i += hashes.Length)
        {
            var states = StableHash.Grow(Vector256.Create(StableHash.Start), text[i..]);
            states = StableHash.Grow(StableHash.Grow(states, text[(i + 1)..]), text[(i + 2)..]);
            StableHash.Mix(states).CopyTo(hashes);
            foreach (var hash in hashes) Add(trigrams, hash);
        }

        for (; i + 3 <= text.Length; i++) Add(trigrams, StableHash.Of(text.Slice(i, 3)));

        static void Add(Span<float> trigrams, uint hash)
        {
            ref var value = ref trigrams[Bucket(hash, TrigramBuckets)];
            if (value < MaxTrigrams) value++;
        }
    }

    /// <summary>Those of the lineage (<see cref="LineageHashes"/>).</summary>
    public static Span<float> Names(Span<float> values) => values.Slice(WordBuckets + TrigramBuckets, NameBuckets);

    /// <summary>Writes the words of a parent.</summary>
    public static void WriteParent(IReadOnlyList<string> parentWords, Span<float> values)
    {
        var buckets = values.Slice(WordBuckets + TrigramBuckets + NameBuckets, ParentWordBuckets);
        foreach (var word in parentWords) buckets[Bucket(StableHash.Of(word), ParentWordBuckets)] = 1;
    }

    /// <summary>By bucket, the first text of this event that was hashed into it; single words go before pairs of words.</summary>
    public static string?[] FirstGrams(Launch launch)
    {
        var grams = new string?[Definitions.Count];
        foreach (var (bucket, text) in Texts(launch)) grams[bucket] ??= text.Text;
        foreach (var (bucket, text, at) in Trigrams(launch)) grams[bucket] ??= text.Substring(at, 3);
        return grams;
    }

    /// <summary>The buckets of an event's words, pairs of words and names; a bucket is called after the first of its texts.</summary>
    public static IEnumerable<(int Bucket, HashedText Text)> Texts(Launch launch)
    {
        foreach (var word in launch.Words) yield return (Bucket(StableHash.Of(word), WordBuckets), new(HashedText.Word, word));
        for (var i = 1; i < launch.Words.Count; i++)
        {
            var (first, second) = (launch.Words[i - 1], launch.Words[i]);
            yield return (Bucket(StableHash.Of(first, second), WordBuckets), new(HashedText.Word, first, second));
        }

        var start = WordBuckets + TrigramBuckets;
        foreach (var name in launch.LineageNames)
            yield return (start + Bucket(StableHash.Of(name), NameBuckets), new(HashedText.LineageName, name));
        start += NameBuckets;
        foreach (var word in launch.Parent.Words)
            yield return (start + Bucket(StableHash.Of(word), ParentWordBuckets), new(HashedText.ParentWord, word));
    }

    /// <summary>The buckets of an event's trigrams, each with the text and the place in it where the trigram begins.</summary>
    public static IEnumerable<(int Bucket, string Text, int At)> Trigrams(Launch launch)
    {
        var text = launch.FoldedText(TrigramText).ToString();
        for (var at = 0; at + 3 <= text.Length; at++)
            yield return (WordBuckets + Bucket(StableHash.Of(text.AsSpan(at, 3)), TrigramBuckets), text, at);
    }

    internal static int Bucket(uint hash, int buckets) => (int)(hash % (uint)buckets);
}
