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

    public static void Write(Launch launch, Span<float> values)
    {
        var words = values[..WordBuckets];
        var before = "";
        foreach (var word in launch.Words)
        {
            words[Bucket(StableHash.Of(word), WordBuckets)] = 1;
            if (before.Length > 0) words[Bucket(StableHash.Of(before, word), WordBuckets)] = 1;
            before = word;
        }

        var trigrams = values.Slice(WordBuckets, TrigramBuckets);
        var text = launch.FoldedText(TrigramText);
        for (var i = 0; i + 3 <= text.Length; i++)
        {
            ref var value = ref trigrams[Bucket(StableHash.Of(text.Slice(i, 3)), TrigramBuckets)];
            value = Math.Min(value + 1, MaxTrigrams);
        }

        var names = values.Slice(WordBuckets + TrigramBuckets, NameBuckets);
        foreach (var name in launch.LineageNames) names[Bucket(StableHash.Of(name), NameBuckets)] = 1;

        var parentWords = values.Slice(WordBuckets + TrigramBuckets + NameBuckets, ParentWordBuckets);
        foreach (var word in launch.ParentWords) parentWords[Bucket(StableHash.Of(word), ParentWordBuckets)] = 1;
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
        foreach (var word in launch.ParentWords)
            yield return (start + Bucket(StableHash.Of(word), ParentWordBuckets), new(HashedText.ParentWord, word));
    }

    /// <summary>The buckets of an event's trigrams, each with the text and the place in it where the trigram begins.</summary>
    public static IEnumerable<(int Bucket, string Text, int At)> Trigrams(Launch launch)
    {
        var text = launch.FoldedText(TrigramText).ToString();
        for (var at = 0; at + 3 <= text.Length; at++)
            yield return (WordBuckets + Bucket(StableHash.Of(text.AsSpan(at, 3)), TrigramBuckets), text, at);
    }

    /// <summary>
    /// Only names that occur everywhere are used. An unknown name is described by its kind and place; otherwise the model would learn the
    /// programs of one lab.
    /// </summary>
    internal static IEnumerable<string> Names(Launch launch)
    {
        var child = KnownBinaries.IsKnown(launch.ChildName) ? launch.ChildName : "?" + launch.ChildPlace;
        var parent = KnownBinaries.IsKnown(launch.ParentName) ? launch.ParentName : "?" + launch.ParentPlace;
        yield return ">" + child;
        yield return parent + ">";
        yield return parent + ">" + child;
        yield return $"{launch.ParentKind}>{launch.ChildKind}";
        yield return $"{launch.ParentKind}>{child}";
        yield return $"{parent}>{launch.ChildKind}";
        if (launch.Inner.Length > 0 && KnownBinaries.IsKnown(launch.Inner)) yield return child + ">" + launch.Inner;
    }

    private static int Bucket(uint hash, int buckets) => (int)(hash % (uint)buckets);
}
