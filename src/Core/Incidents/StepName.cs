using System.Globalization;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Incidents;

/// <summary>
/// Names what a launch does, so that a repetition has the same name: parent, child and the words of the command line, without what is
/// specific to one machine or one run.
/// </summary>
public static class StepName
{
    /// <summary>Characters of a command line that are read.</summary>
    private const int MaxCharacters = 4096;

    /// <summary>The name of a launch.</summary>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Of(ProcessEvent e)
    {
        var line = e.Child.CommandLine ?? "";
        var words = string.Join(' ', FoldedWords.Of(PlainText.Of(line.Length <= MaxCharacters ? line : line[..MaxCharacters])));
        var (parent, child) = (LineageName.Fold(e.Parent?.Name ?? ""), LineageName.Fold(e.Child.Name));
        return string.Create(
            CultureInfo.InvariantCulture, $"{StableHash.Of(parent, child, words):x8}{StableHash.Of(words, parent, child):x8}");
    }

    /// <summary>Whether a text is the name of a step.</summary>
    public static bool IsOne(string? text) => text is { Length: 16 } && text.All(char.IsAsciiHexDigit);
}
