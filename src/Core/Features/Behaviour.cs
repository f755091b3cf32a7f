namespace Changeling.Features;

/// <summary>
/// Something that attackers' commands do, recognised by words in the plain command line. Words are facts of Windows and its tools;
/// the model weighs them, none is a verdict.
/// </summary>
/// <param name="Name">Short name, part of the feature's name.</param>
/// <param name="Terms">
/// Alternatives; <c>a&amp;b</c> needs both parts, <c>~</c> at an end of a part demands that no letter or digit touches it there.
/// </param>
internal sealed record Behaviour(string Name, string[] Terms)
{
    private sealed record Part(string Text, bool BoundStart, bool BoundEnd)
    {
        /// <summary>What a text must hold for the part to be in it at all.</summary>
        public int[] Pairs { get; } = CharacterPairs.Of(Text);
    }

    private readonly Part[][] _terms = [.. Terms.Select(t => t.Split('&').Select(Parse).ToArray())];

    /// <summary>How many terms of each behaviour are in a plain text, at most <see cref="MostTerms"/> each, in the order of <see cref="BehaviourList.All"/>.</summary>
    public static int[] Match(string effective) => Match(BehaviourList.All, effective);

    /// <summary>How many terms of each of a list are in a plain text, at most <see cref="MostTerms"/> each, in the list's order.</summary>
    public static int[] Match(IReadOnlyList<Behaviour> all, string effective)
    {
        var counts = new int[all.Count];
        if (effective.Length <= 2) return counts;
        var pairs = new CharacterPairs(effective, stackalloc ulong[CharacterPairs.Words]);
        for (var i = 0; i < counts.Length; i++) counts[i] = all[i].CountIn(effective, pairs);
        return counts;
    }

    /// <summary>Maximum number of terms counted of one behaviour.</summary>
    public const int MostTerms = 3;

    private int CountIn(string text, CharacterPairs pairs)
    {
        var count = 0;
        foreach (var term in _terms)
        {
            if (HoldsAll(text, term, pairs) && ++count == MostTerms) break;
        }

        return count;
    }

    /// <summary>Nearly every term falls at the pairs of characters, before any text is searched.</summary>
    private static bool HoldsAll(string text, Part[] term, CharacterPairs pairs)
    {
        foreach (var part in term) if (!pairs.MayHold(part.Pairs)) return false;
        foreach (var part in term) if (!Contains(text, part)) return false;
        return true;
    }

    /// <summary>The words by which a plain text shows this behaviour, of the first term that is in it; <see langword="null"/> when none is.</summary>
    public string? FirstIn(string text) =>
        _terms.FirstOrDefault(term => Array.TrueForAll(term, part => Contains(text, part))) is { } found
            ? string.Join(" … ", found.Select(part => part.Text.Trim()).Where(part => part.Length > 0))
            : null;

    private static bool Contains(string text, Part part)
    {
        for (var at = text.IndexOf(part.Text, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part.Text, at + 1, StringComparison.Ordinal))
        {
            var startOk = !part.BoundStart || at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]);
            var after = at + part.Text.Length;
            var endOk = !part.BoundEnd || after >= text.Length || !char.IsAsciiLetterOrDigit(text[after]);
            if (startOk && endOk) return true;
        }

        return false;
    }

    private static Part Parse(string part) => new(part.Trim('~'), part.StartsWith('~'), part.EndsWith('~'));
}
