using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// One term of a <see cref="Behaviour"/>: <c>a&amp;b</c> needs both parts, in any order; <c>~</c> at an end of a part demands that no
/// letter or digit touches it there.
/// </summary>
internal sealed class BehaviourTerm
{
    private readonly Part[] _parts;

    private BehaviourTerm(Part[] parts) => _parts = parts;

    private sealed record Part(string Text, bool BoundStart, bool BoundEnd)
    {
        /// <summary>The pairs of characters that a text must contain to contain the part.</summary>
        public int[] Pairs { get; } = CharacterPairs.Of(Text);
    }

    /// <summary>The parts as they are shown to people.</summary>
    public string Words => string.Join(" … ", _parts.Select(part => part.Text.Trim()).Where(part => part.Length > 0));

    /// <summary>Reads a term as it is written in a file.</summary>
    /// <exception cref="InvalidDataException">No plain text can hold it; the message says why, with file and line.</exception>
    public static BehaviourTerm Parse(WordLine line)
    {
        var parts = line.Text.Split('&').Select(part => new Part(part.Trim('~'), part.StartsWith('~'), part.EndsWith('~'))).ToArray();
        if (Array.Exists(parts, part => part.Text.Length == 0)) throw line.Fault("a term has an empty part");
        if (line.Text.AsSpan().ContainsAny("\"^`\t")) throw line.Fault("a term has a double quote, ^, ` or tab; plain text never has one");
        if (line.Text.Any(char.IsUpper)) throw line.Fault("a term has a capital letter, which plain text never has");
        return new(parts);
    }

    /// <summary>Whether a text holds the term.</summary>
    public bool IsIn(string text)
    {
        foreach (var part in _parts) if (!Contains(text, part)) return false;
        return true;
    }

    /// <summary>
    /// The same, with a check of the pairs of characters first, which excludes nearly every term without a search of the text.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="pairs">Its pairs.</param>
    public bool IsIn(string text, CharacterPairs pairs)
    {
        foreach (var part in _parts) if (!pairs.MayHold(part.Pairs)) return false;
        return IsIn(text);
    }

    private static bool Contains(string text, Part part)
    {
        for (var at = -1; (at = text.IndexOf(part.Text, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            var startOk = !part.BoundStart || at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]);
            var after = at + part.Text.Length;
            var endOk = !part.BoundEnd || after >= text.Length || !char.IsAsciiLetterOrDigit(text[after]);
            if (startOk && endOk) return true;
        }

        return false;
    }
}
