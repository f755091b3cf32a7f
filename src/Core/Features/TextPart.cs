namespace Changeling.Features;

/// <summary>A piece of text that is looked for in plain texts.</summary>
/// <param name="Text">The characters, at least one.</param>
/// <param name="BoundStart">Whether no ASCII letter or digit may stand before it.</param>
/// <param name="BoundEnd">Whether none may stand behind it.</param>
internal readonly record struct TextPart(string Text, bool BoundStart, bool BoundEnd)
{
    /// <summary>Whether a text holds the part.</summary>
    public bool IsIn(string text)
    {
        for (var at = -1; (at = text.IndexOf(Text, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            if (IsAt(text, at)) return true;
        }

        return false;
    }

    /// <summary>Whether what surrounds it allows the part, whose characters stand at an index.</summary>
    public bool IsAt(ReadOnlySpan<char> text, int start)
    {
        if (BoundStart && start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) return false;
        var after = start + Text.Length;
        return !BoundEnd || after >= text.Length || !char.IsAsciiLetterOrDigit(text[after]);
    }
}
