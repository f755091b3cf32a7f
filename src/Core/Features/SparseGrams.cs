using System.Numerics;

namespace Changeling.Features;

/// <summary>
/// The same event as a sparse set for a linear model: words, pairs of words, character grams, words by program, the parent's words, the
/// lineage, and every computed feature in steps. Hashed into <see cref="Buckets"/>; what is set is 1.
/// </summary>
public static class SparseGrams
{
    /// <summary>Number of buckets.</summary>
    /// <value>65,536.</value>
    public const int Buckets = 1 << 16;

    /// <summary>Maximum number of characters of the folded text that character grams are taken from.</summary>
    internal const int GramText = 384;

    /// <summary>The kinds of computed features, which have a name of their own.</summary>
    private const string ActFeature = "act";

    private const string ContextFeature = "context";

    /// <summary>Shares are cut into so many steps.</summary>
    internal const int StepsOfShare = 5;

    /// <summary>The distinct buckets of an event, ascending: all of them, and those that the act alone sets.</summary>
    internal static (int[] All, int[] OfAct) Of(Launch launch, ReadOnlySpan<float> computed)
    {
        var (all, ofAct) = (new BucketSet(), new BucketSet());
        Each(launch, computed, named: false, (bucket, kind, _, _) =>
        {
            all.Add(bucket);
            if (IsOfAct(kind)) ofAct.Add(bucket);
        });
        return (all.ToArray(), ofAct.ToArray());
    }

    private static bool IsOfAct(string kind) =>
        kind is ActFeature or "command_line.word" or "command_line.gram" or "child.word" or "child.name";

    /// <summary>A set of buckets, as bits.</summary>
    private sealed class BucketSet
    {
        private readonly ulong[] _bits = new ulong[Buckets / 64];
        private int _count;

        public void Add(int bucket)
        {
            var bit = 1UL << (bucket & 63);
            if ((_bits[bucket >> 6] & bit) == 0) _count++;
            _bits[bucket >> 6] |= bit;
        }

        public int[] ToArray()
        {
            var buckets = new int[_count];
            var at = 0;
            for (var word = 0; word < _bits.Length; word++)
            {
                for (var rest = _bits[word]; rest != 0; rest &= rest - 1)
                    buckets[at++] = (word * 64) + BitOperations.TrailingZeroCount(rest);
            }

            return buckets;
        }
    }

    private static void Each(Launch launch, ReadOnlySpan<float> computed, bool named, Action<int, string, string, string> visit)
    {
        var features = FeatureSchema.Computed;
        for (var i = 0; i < features.Count; i++)
        {
            if (computed[i] == 0) continue;
            var step = (int)(features[i].Range == "0–1" ? computed[i] * StepsOfShare : computed[i]);
            var kind = FeatureSchema.OfAct[i] ? ActFeature : ContextFeature;
            visit((int)(StableHash.Of((i * 64) + step) % Buckets), kind, features[i].Name, "");
        }

        var child = KnownBinaries.IsKnown(launch.ChildName) ? launch.ChildName : "?";
        Visit("child.name", child, "", visit);
        Words("command_line.word", launch.Words, visit);
        Words("parent.word", launch.ParentWords, visit);
        foreach (var word in launch.Words) Visit("child.word", child, word, visit);
        foreach (var name in HashedFeatures.Names(launch)) Visit("lineage.name", name, "", visit);

        var text = HashedFeatures.JoinedWords(launch, GramText);
        for (var length = 3; length <= 5; length++)
        {
            for (var i = 0;
                 i + length <= text.Length;
                 i++) visit(Bucket("gram", text.AsSpan(i, length)), "command_line.gram", named ? text.Substring(i, length) : "", "");
        }
    }

    private static void Words(string kind, IReadOnlyList<string> words, Action<int, string, string, string> visit)
    {
        var before = "";
        foreach (var word in words)
        {
            Visit(kind, word, "", visit);
            if (before.Length > 0) Visit(kind, before, word, visit);
            before = word;
        }
    }

    private static void Visit(string kind, string first, string second, Action<int, string, string, string> visit) =>
        visit((int)(StableHash.Of(kind, first, second) % Buckets), kind, first, second);

    private static int Bucket(string kind, ReadOnlySpan<char> text) => (int)(StableHash.Of(kind, text) % Buckets);
}
