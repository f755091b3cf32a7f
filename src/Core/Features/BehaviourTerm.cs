using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// One term of a <see cref="Behaviour"/>: <c>a&amp;b</c> needs both parts, in any order; <c>~</c> at an end of a part demands that no
/// letter or digit touches it there.
/// </summary>
/// <param name="Parts">What a text must hold, at least one.</param>
internal sealed record BehaviourTerm(IReadOnlyList<TextPart> Parts)
{
    /// <summary>The parts as they are shown to people.</summary>
    public string Words => string.Join(" … ", Parts.Select(part => part.Text.Trim()).Where(part => part.Length > 0));

    /// <summary>Reads a term as it is written in a file.</summary>
    /// <exception cref="InvalidDataException">No plain text can hold it; the message says why, with file and line.</exception>
    public static BehaviourTerm Parse(WordLine line)
    {
        var parts = line.Text.Split('&').Select(p => new TextPart(p.Trim('~'), p.StartsWith('~'), p.EndsWith('~'))).ToArray();
        if (Array.Exists(parts, part => part.Text.Length == 0)) throw line.Fault("a term has an empty part");
        if (line.Text.AsSpan().ContainsAny("\"^`\t")) throw line.Fault("a term has a double quote, ^, ` or tab; plain text never has one");
        if (line.Text.Any(char.IsUpper)) throw line.Fault("a term has a capital letter, which plain text never has");
        return new(parts);
    }

    /// <summary>Whether a text holds the term.</summary>
    public bool IsIn(string text)
    {
        foreach (var part in Parts) if (!part.IsIn(text)) return false;
        return true;
    }
}
