using Changeling.Features;

namespace Changeling.Core.Tests.Features;

/// <summary>The names of all features and grams of an event, made in the most direct way: what reasons are compared with.</summary>
internal static class PlainNames
{
    /// <summary>By feature, its name in this event.</summary>
    public static string[] OfFeatures(Launch launch)
    {
        string[] names = [.. FeatureSchema.Definitions.Select(d => d.Name)];
        var isNamed = new bool[names.Length];
        var words = launch.Words;
        foreach (var word in words) Set("command_line.word", StableHash.Of(word), 512, word);
        for (var i = 1; i < words.Count; i++)
            Set("command_line.word", StableHash.Of(words[i - 1], words[i]), 512, $"{words[i - 1]} {words[i]}");
        foreach (var letters in Pieces(words, 512, 3)) Set("command_line.trigram", StableHash.Of(letters), 256, letters);
        foreach (var name in launch.LineageNames) Set("lineage.name", StableHash.Of(name), 256, name);
        foreach (var word in launch.Parent.Words) Set("parent.word", StableHash.Of(word), 128, word);
        return names;

        void Set(string kind, uint hash, uint buckets, string text)
        {
            var at = FeatureSchema.Definitions.Index().First(d => d.Item.Name == $"{kind}.000").Index + (int)(hash % buckets);
            if (isNamed[at]) return;
            (names[at], isNamed[at]) = ($"{kind}:{text}", true);
        }
    }

    /// <summary>By bucket, its name in this event.</summary>
    public static Dictionary<int, string> OfGrams(Launch launch, float[] values)
    {
        var names = new Dictionary<int, string>();
        for (var f = 0; f < FeatureSchema.Computed.Count; f++)
        {
            var step = FeatureSchema.Computed[f].Range == "0–1" ? values[f] * 5 : values[f];
            if (values[f] != 0) Set(StableHash.Of((f * 64) + (int)step), FeatureSchema.Computed[f].Name);
        }

        var child = KnownBinaries.IsKnown(launch.ChildName) ? launch.ChildName : "?";
        Add("child.name", child, "");
        foreach (var (kind, words) in new[] { ("command_line.word", launch.Words), ("parent.word", launch.Parent.Words) })
        {
            for (var i = 0; i < words.Count; i++)
            {
                Add(kind, words[i], "");
                if (i > 0) Add(kind, words[i - 1], words[i]);
            }
        }

        foreach (var word in launch.Words) Add("child.word", child, word);
        foreach (var name in launch.LineageNames) Add("lineage.name", name, "");
        foreach (var letters in new[] { 3, 4, 5 }.SelectMany(length => Pieces(launch.Words, 384, length)))
            Set(StableHash.Of("gram", letters), $"command_line.gram:{letters}");
        return names;

        void Add(string kind, string first, string second) =>
            Set(StableHash.Of(kind, first, second), second.Length == 0 ? $"{kind}:{first}" : $"{kind}:{first} {second}");

        void Set(uint hash, string name) => names.TryAdd((int)(hash % SparseGrams.Buckets), name);
    }

    private static IEnumerable<string> Pieces(IReadOnlyList<string> words, int most, int length)
    {
        var text = string.Join(' ', words);
        text = text[..Math.Min(text.Length, most)];
        return Enumerable.Range(0, Math.Max(0, text.Length - length + 1)).Select(i => text.Substring(i, length));
    }
}
