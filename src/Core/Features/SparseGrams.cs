using System.Runtime.Intrinsics;

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

    private static readonly bool[] IsShare = [.. FeatureSchema.Computed.Select(f => f.Range == "0–1")];

    /// <summary>The computed features of the act, and of the context without those of the parent alone.</summary>
    private static readonly int[] OfAct = [.. Own(isOfAct: true)], OfContext = [.. Own(isOfAct: false)];

    private static readonly uint ChildName = StableHash.Begin(HashedText.ChildName);
    private static readonly uint ParentWord = StableHash.Begin(HashedText.ParentWord);
    private static readonly uint Gram = StableHash.Begin(GramKind);

    /// <summary>The bucket of a computed feature that is not 0.</summary>
    /// <param name="feature">Its index in <see cref="FeatureSchema.Computed"/>.</param>
    /// <param name="value">Its value.</param>
    internal static int BucketOf(int feature, float value) =>
        Bucket(StableHash.Of((feature * 64) + (int)(IsShare[feature] ? value * StepsOfShare : value)));

    /// <summary>The name by which a child is known; <c>?</c> for others.</summary>
    internal static string NameOf(Launch launch) => launch.Child.IsKnown ? launch.ChildName : "?";

    /// <summary>Adds what the act sets besides its words.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">Its dense features.</param>
    /// <param name="grams">Receives the buckets.</param>
    internal static void AddAct(Launch launch, ReadOnlySpan<float> values, BucketSet grams)
    {
        AddComputed(OfAct, values, grams);
        grams.Add(Bucket(StableHash.After(ChildName, NameOf(launch), "")));
        AddCharacters(launch.FoldedText(GramText), grams);
    }

    /// <summary>Adds what the context sets besides the lineage.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">Its dense features.</param>
    /// <param name="grams">Receives the buckets.</param>
    internal static void AddContext(Launch launch, ReadOnlySpan<float> values, BucketSet grams)
    {
        AddComputed(OfContext, values, grams);
        foreach (var bucket in launch.Parent.Grams) grams.Add(bucket);
    }

    /// <summary>The buckets that a parent alone sets.</summary>
    internal static int[] OfParent(LaunchParent parent)
    {
        var grams = new HashSet<int>();
        foreach (var (feature, value) in parent.Features) if (feature < IsShare.Length) grams.Add(BucketOf(feature, value));
        var before = "";
        foreach (var word in parent.Words)
        {
            grams.Add(Bucket(StableHash.After(ParentWord, word, "")));
            if (before.Length > 0) grams.Add(Bucket(StableHash.After(ParentWord, before, word)));
            before = word;
        }

        return [.. grams];
    }

    private static IEnumerable<int> Own(bool isOfAct) =>
        FeatureSchema.Features.SelectMany(f => f.Definitions.Select(_ => f is Feature<Launch>)).Index()
            .Where(f => f.Item && FeatureSchema.OfAct[f.Index] == isOfAct)
            .Select(f => f.Index);

    private static void AddComputed(int[] features, ReadOnlySpan<float> values, BucketSet grams)
    {
        foreach (var feature in features)
        {
            if (values[feature] != 0) grams.Add(BucketOf(feature, values[feature]));
        }
    }

    /// <summary>
    /// The grams that begin at one place share the work: each is the one before with one more character. Those of eight places are hashed
    /// side by side.
    /// </summary>
    private static void AddCharacters(ReadOnlySpan<char> text, BucketSet grams)
    {
        var i = 0;
        Span<uint> hashes = stackalloc uint[Vector256<uint>.Count];
        for (; i + hashes.Length + MaxGram - 1 <= text.Length; i += hashes.Length)
        {
            var states = Vector256.Create(Gram);
            for (var length = 1; length <= MaxGram; length++)
            {
                states = StableHash.Grow(states, text[(i + length - 1)..]);
                if (length < MinGram) continue;
                StableHash.Mix(states).CopyTo(hashes);
                foreach (var hash in hashes) grams.Add(Bucket(hash));
            }
        }

        for (; i + MinGram <= text.Length; i++)
        {
            var state = StableHash.Grow(StableHash.Grow(Gram, text[i]), text[i + 1]);
            foreach (var c in text.Slice(i + 2, Math.Min(MaxGram, text.Length - i) - 2))
            {
                state = StableHash.Grow(state, c);
                grams.AddHash(state);
            }
        }
    }

    private static int Bucket(uint hash) => (int)(hash % Buckets);
}
