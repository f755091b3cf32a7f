namespace Changeling.Features;

/// <summary>
/// Finds folded words again in the plain text they were folded from: <c>#host</c> was <c>203.0.113.27</c>. For reasons only, so that
/// folding itself need not remember places.
/// </summary>
internal sealed class FoldedPlaces
{
    /// <summary>Longest part that is quoted.</summary>
    private const int Most = 120;

    private readonly IReadOnlyList<string> _words;
    private readonly Lazy<string> _joined;
    private readonly List<Range> _tokens;

    /// <summary>By token, how many words there are up to its end; below 0 while that is not known.</summary>
    private readonly int[] _wordsUpTo;

    /// <param name="text">The plain text.</param>
    /// <param name="words">Its folded words.</param>
    public FoldedPlaces(string text, IReadOnlyList<string> words)
    {
        Text = text;
        _words = words;
        _joined = new(() => string.Join(' ', _words));
        _tokens = Tokens(text);
        _wordsUpTo = new int[_tokens.Count];
        Array.Fill(_wordsUpTo, -1);
    }

    /// <summary>The plain text.</summary>
    public string Text { get; }

    /// <summary>
    /// The text of a folded word, or of two that follow each other (with a blank between them) and what stands between them.
    /// </summary>
    public string? OfWords(string gram)
    {
        for (var i = 0; i < _words.Count; i++)
        {
            if (_words[i] == gram) return Quote(i, i);
            if (i + 1 < _words.Count && IsPair(gram, _words[i], _words[i + 1])) return Quote(i, i + 1);
        }

        return null;
    }

    /// <summary>The text of the folded words in which some letters stand.</summary>
    public string? OfLetters(string gram)
    {
        var at = _joined.Value.IndexOf(gram, StringComparison.Ordinal);
        return at < 0 ? null : Quote(WordAt(at), WordAt(at + gram.Length - 1));
    }

    private static bool IsPair(string gram, string first, string second) =>
        gram.Length == first.Length + 1 + second.Length
        && gram[first.Length] == ' '
        && gram.StartsWith(first, StringComparison.Ordinal)
        && gram.EndsWith(second, StringComparison.Ordinal);

    /// <summary>The word that holds a character of the joined words; of the blank behind it, too.</summary>
    private int WordAt(int index)
    {
        for (var (i, end) = (0, 0); i < _words.Count; i++)
        {
            end += _words[i].Length + 1;
            if (index < end) return i;
        }

        return _words.Count - 1;
    }

    private string Quote(int first, int last)
    {
        var token = TokenOf(first);
        var (start, end) = (_tokens[token].Start.Value, _tokens[first == last ? token : TokenOf(last)].End.Value);
        var quoted = Text[start..end].Trim('.');
        return quoted.Length <= Most ? quoted : quoted[..Most];
    }

    /// <summary>
    /// The token that became the word: the first behind which there are enough words. Words of a text's beginning do not depend on its
    /// rest.
    /// </summary>
    private int TokenOf(int word)
    {
        var (low, high) = (0, _tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (WordsUpTo(middle) > word) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private int WordsUpTo(int token)
    {
        ref var words = ref _wordsUpTo[token];
        if (words < 0) words = FoldedWords.Of(Text[.._tokens[token].End.Value]).Count;
        return words;
    }

    private static List<Range> Tokens(string text)
    {
        var tokens = new List<Range>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny(FoldedWords.Separators);
            var end = length < 0 ? text.Length : start + length;
            if (end > start) tokens.Add(start..end);
            start = end + 1;
        }

        return tokens;
    }
}
