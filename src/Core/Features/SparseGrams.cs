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
    private const int GramText = 384;

    /// <summary>Lengths of character grams.</summary>
    private const int MinGram = 3;

    private const int MaxGram = 5;

    /// <summary>Shares are cut into so many steps.</summary>
    private const int StepsOfShare = 5;

    private static readonly bool[] IsOfAct = [.. FeatureSchema.OfAct];

    private static readonly bool[] IsShare = [.. FeatureSchema.Computed.Select(f => f.Range == "0–1")];

    private static readonly uint Gram = StableHash.Begin("gram");

    /// <summary>What a gram is made of.</summary>
    private enum Kind
    {
        Computed,
        ChildName,
        Word,
        ParentWord,
        ChildWord,
        Lineage,
        Characters,
    }

    private static readonly string[] Names =
        ["", "child.name", "command_line.word", "parent.word", "child.word", "lineage.name", "command_line.gram"];

    private static readonly uint[] Starts = [.. Names.Select(name => StableHash.Begin(name))];

    private static readonly bool[] IsKindOfAct = [false, true, true, false, true, false, true];

    /// <summary>Receives each gram of a launch, some twice.</summary>
    private interface IVisitor
    {
        /// <summary>A computed feature that is not 0.</summary>
        void Feature(int bucket, int feature);

        /// <summary>A text or a pair of texts.</summary>
        void Text(int bucket, Kind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second);
    }

    /// <summary>What one gram is called: names of computed features as in <see cref="FeatureSchema"/>, the others by their text.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">Its features.</param>
    /// <param name="buckets">Buckets that are asked for.</param>
    public static IReadOnlyDictionary<int, string> Describe(Launch launch, ReadOnlySpan<float> values, IReadOnlySet<int> buckets)
    {
        var names = new NameVisitor(buckets);
        Each(launch, values, ref names);
        for (var length = MinGram; length <= MaxGram; length++)
        {
            for (var i = 0; i + length <= launch.FoldedText(GramText).Length; i++)
            {
                var text = launch.FoldedText(GramText).Slice(i, length);
                names.Text((int)(StableHash.After(Gram, text) % Buckets), Kind.Characters, text, "");
            }
        }

        return names.Names;
    }

    /// <summary>Adds the buckets of a launch: all of them, and those that the act alone sets.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="values">Its dense features.</param>
    /// <param name="all">Receives all buckets.</param>
    /// <param name="ofAct">Receives those of the act.</param>
    internal static void Add(Launch launch, ReadOnlySpan<float> values, BucketSet all, BucketSet ofAct)
    {
        var sets = new SetVisitor(all, ofAct);
        Each(launch, values, ref sets);
        var text = launch.FoldedText(GramText);
        for (var i = 0; i + MinGram <= text.Length; i++)
        {
            var state = Gram;
            for (var length = 1; length <= MaxGram && i + length <= text.Length; length++)
            {
                state = StableHash.Grow(state, text[i + length - 1]);
                if (length >= MinGram) sets.Text((int)(StableHash.Mix(state) % Buckets), Kind.Characters, "", "");
            }
        }
    }

    /// <summary>All grams but those of characters.</summary>
    private static void Each<TVisitor>(Launch launch, ReadOnlySpan<float> values, ref TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        for (var i = 0; i < IsShare.Length; i++)
        {
            if (values[i] == 0) continue;
            var step = (int)(IsShare[i] ? values[i] * StepsOfShare : values[i]);
            visitor.Feature((int)(StableHash.Of((i * 64) + step) % Buckets), i);
        }

        var child = KnownBinaries.IsKnown(launch.ChildName) ? launch.ChildName : "?";
        Visit(Kind.ChildName, child, "", ref visitor);
        Words(Kind.Word, launch.Words, ref visitor);
        Words(Kind.ParentWord, launch.ParentWords, ref visitor);
        foreach (var word in launch.Words) Visit(Kind.ChildWord, child, word, ref visitor);
        foreach (var name in launch.LineageNames) Visit(Kind.Lineage, name, "", ref visitor);
    }

    private static void Words<TVisitor>(Kind kind, IReadOnlyList<string> words, ref TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        var before = "";
        foreach (var word in words)
        {
            Visit(kind, word, "", ref visitor);
            if (before.Length > 0) Visit(kind, before, word, ref visitor);
            before = word;
        }
    }

    private static void Visit<TVisitor>(Kind kind, string first, string second, ref TVisitor visitor)
        where TVisitor : struct, IVisitor =>
            visitor.Text((int)(StableHash.After(Starts[(int)kind], first, second) % Buckets), kind, first, second);

    private readonly struct SetVisitor(BucketSet all, BucketSet ofAct) : IVisitor
    {
        public void Feature(int bucket, int feature)
        {
            all.Add(bucket);
            if (IsOfAct[feature]) ofAct.Add(bucket);
        }

        public void Text(int bucket, Kind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
        {
            all.Add(bucket);
            if (IsKindOfAct[(int)kind]) ofAct.Add(bucket);
        }
    }

    /// <summary>Names a bucket by what is first hashed into it.</summary>
    private readonly struct NameVisitor(IReadOnlySet<int> buckets) : IVisitor
    {
        public Dictionary<int, string> Names { get; } = [];

        public void Feature(int bucket, int feature)
        {
            if (buckets.Contains(bucket)) Names.TryAdd(bucket, FeatureSchema.Definitions[feature].Name);
        }

        public void Text(int bucket, Kind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
        {
            if (!buckets.Contains(bucket) || Names.ContainsKey(bucket)) return;
            var name = SparseGrams.Names[(int)kind];
            Names.Add(bucket, second.Length == 0 ? $"{name}:{first}" : $"{name}:{first} {second}");
        }
    }
}
