namespace Changeling.Features;

/// <summary>
/// The same event as a sparse set for a linear model: words, pairs of words, character grams, words by program, the parent's words, the
/// lineage, and every computed feature in steps. Hashed into <see cref="Buckets"/>; what is set is 1. What a bucket is called is
/// in <see cref="GramTexts"/>.
/// </summary>
public static class SparseGrams
{
    /// <summary>Number of buckets.</summary>
    /// <value>65,536.</value>
    public const int Buckets = 1 << 16;

    /// <summary>Maximum number of characters of the folded text that character grams are taken from.</summary>
    internal const int GramText = 384;

    /// <summary>Shortest and longest character grams.</summary>
    internal const int MinGram = 3;

    internal const int MaxGram = 5;

    /// <summary>The kind of character grams in their hashes.</summary>
    internal const string GramKind = "gram";

    /// <summary>Shares are cut into so many steps.</summary>
    internal const int StepsOfShare = 5;

    private static readonly bool[] IsOfAct = [.. FeatureSchema.OfAct];
    private static readonly bool[] IsShare = [.. FeatureSchema.Computed.Select(f => f.Range == "0–1")];

    private static readonly uint ChildName = StableHash.Begin(HashedText.ChildName);
    private static readonly uint ChildWord = StableHash.Begin(HashedText.ChildWord);
    private static readonly uint Word = StableHash.Begin(HashedText.Word);
    private static readonly uint ParentWord = StableHash.Begin(HashedText.ParentWord);
    private static readonly uint Lineage = StableHash.Begin(HashedText.LineageName);
    private static readonly uint Gram = StableHash.Begin(GramKind);

    /// <summary>The bucket of a computed feature that is not 0.</summary>
    /// <param name="feature">Its index in <see cref="FeatureSchema.Computed"/>.</param>
    /// <param name="value">Its value.</param>
    internal static int BucketOf(int feature, float value) =>
        Bucket(StableHash.Of((feature * 64) + (int)(IsShare[feature] ? value * StepsOfShare : value)));

    /// <summary>Adds the buckets of a launch.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">Its dense features.</param>
    /// <param name="context">Receives what the context sets.</param>
    /// <param name="act">Receives what the act sets.</param>
    internal static void Add(Launch launch, ReadOnlySpan<float> values, BucketSet context, BucketSet act)
    {
        for (var i = 0; i < IsShare.Length; i++)
        {
            if (values[i] != 0) (IsOfAct[i] ? act : context).Add(BucketOf(i, values[i]));
        }

        var child = KnownBinaries.IsKnown(launch.ChildName) ? launch.ChildName : "?";
        act.Add(Bucket(StableHash.After(ChildName, child, "")));
        AddWords(Word, launch.Words, act);
        AddWords(ParentWord, launch.ParentWords, context);
        foreach (var word in launch.Words) act.Add(Bucket(StableHash.After(ChildWord, child, word)));
        foreach (var name in launch.LineageNames) context.Add(Bucket(StableHash.After(Lineage, name, "")));
        AddCharacters(launch.FoldedText(GramText), act);
    }

    private static void AddWords(uint kind, IReadOnlyList<string> words, BucketSet set)
    {
        var before = "";
        foreach (var word in words)
        {
            set.Add(Bucket(StableHash.After(kind, word, "")));
            if (before.Length > 0) set.Add(Bucket(StableHash.After(kind, before, word)));
            before = word;
        }
    }

    /// <summary>The grams that begin at one place share the work: each is the one before with one more character.</summary>
    private static void AddCharacters(ReadOnlySpan<char> text, BucketSet set)
    {
        for (var i = 0; i + MinGram <= text.Length; i++)
        {
            var state = Gram;
            for (var length = 1; length <= MaxGram && i + length <= text.Length; length++)
            {
                state = StableHash.Grow(state, text[i + length - 1]);
                if (length >= MinGram) set.Add(Bucket(StableHash.Mix(state)));
            }
        }
    }

    private static int Bucket(uint hash) => (int)(hash % Buckets);
}
