namespace Changeling.Cli.Detections;

/// <summary>Texts that must fit into a number of UTF-16 units. No cut parts a surrogate pair.</summary>
internal static class Shortened
{
    /// <summary>Shortens a text in the middle, because command lines differ at both ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Maximum length; below that of the mark and two units, it is as much of the mark as fits.</param>
    /// <param name="cut">The mark of what was left out.</param>
    public static string Middle(string text, int most, string cut)
    {
        if (text.Length <= most) return text;
        if (most < cut.Length + 2) return cut[..Math.Clamp(most, 0, cut.Length)];
        var (start, end) = ((most - cut.Length) / 2, text.Length - ((most - cut.Length + 1) / 2));
        if (char.IsHighSurrogate(text[start - 1])) start--;
        if (char.IsLowSurrogate(text[end])) end++;
        return $"{text.AsSpan(0, start)}{cut}{text.AsSpan(end)}";
    }

    /// <summary>Lines of a text that is broken at blanks; a longer word is broken anywhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Maximum length of a line, at least 2.</param>
    public static IEnumerable<string> Lines(string text, int most)
    {
        var rest = text.Trim();
        while (rest.Length > most)
        {
            var end = rest.LastIndexOf(' ', most);
            if (end <= 0) end = char.IsHighSurrogate(rest[most - 1]) ? most - 1 : most;
            yield return rest[..end].TrimEnd();
            rest = rest[end..].TrimStart();
        }

        if (rest.Length > 0) yield return rest;
    }

    /// <summary>A host without its domain. An address stays whole: its first part is a number.</summary>
    public static string Host(string name)
    {
        var first = name.Split('.')[0];
        return first.Length == 0 || first.All(char.IsAsciiDigit) ? name : first;
    }
}
