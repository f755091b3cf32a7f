namespace Changeling.Features;

/// <summary>
/// What of an event <see cref="SparseGrams"/> hashes into which bucket, in an order in which the first text names its bucket: computed
/// features, then words and names, then letters.
/// </summary>
internal static class GramTexts
{
    /// <summary>The kind of character grams; they have no other names than their letters.</summary>
    public const string LetterKind = "command_line.gram";

    /// <summary>The buckets of an event's words, pairs of words and names.</summary>
    public static IEnumerable<(int Bucket, HashedText Text)> Of(Launch launch)
    {
        var child = SparseGrams.NameOf(launch);
        yield return Hashed(new(HashedText.ChildName, child));
        foreach (var text in Sequence(HashedText.Word, launch.Words)) yield return Hashed(text);
        foreach (var text in Sequence(HashedText.ParentWord, launch.Parent.Words)) yield return Hashed(text);
        foreach (var word in launch.Words) yield return Hashed(new(HashedText.ChildWord, child, word));
        foreach (var name in launch.LineageNames) yield return Hashed(new(HashedText.LineageName, name));
    }

    /// <summary>The buckets of an event's character grams, each with the text and its place in it.</summary>
    public static IEnumerable<(int Bucket, string Text, int At, int Length)> Letters(Launch launch)
    {
        var text = launch.FoldedText(SparseGrams.GramText).ToString();
        for (var length = SparseGrams.MinGram; length <= SparseGrams.MaxGram; length++)
        {
            for (var at = 0; at + length <= text.Length; at++)
                yield return (Bucket(StableHash.Of(SparseGrams.GramKind, text.AsSpan(at, length))), text, at, length);
        }
    }

    private static IEnumerable<HashedText> Sequence(string kind, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            yield return new(kind, words[i]);
            if (i > 0) yield return new(kind, words[i - 1], words[i]);
        }
    }

    private static (int Bucket, HashedText Text) Hashed(HashedText text) =>
        (Bucket(StableHash.Of(text.Kind, text.First, text.Second)), text);

    private static int Bucket(uint hash) => (int)(hash % SparseGrams.Buckets);
}
