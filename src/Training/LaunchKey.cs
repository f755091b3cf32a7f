using System.Text;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Parent, child and arguments of a launch, similar to the corpus's tuples, to detect that a row made by this project is in a held-out
/// recording.
/// </summary>
internal static class LaunchKey
{
    public static string Of(ProcessEvent e) =>
        $"{e.Parent?.Name.ToLowerInvariant()}>{e.Child.Name.ToLowerInvariant()} {Folded(Arguments(e.Child.CommandLine ?? ""))}";

    private static string Arguments(string commandLine)
    {
        var text = commandLine.Trim();
        if (text.StartsWith('"')) return text.IndexOf('"', 1) is > 0 and var close ? text[(close + 1)..] : "";
        var exe = text.IndexOf(".exe ", StringComparison.OrdinalIgnoreCase);
        if (exe >= 0) return text[(exe + 4)..];
        if (text.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)) return "";
        return text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? text[blank..] : "";
    }

    /// <summary>Lower case, without quotes, runs of blanks as one, numbers as 0.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in text)
        {
            var next = char.IsAsciiDigit(c) ? '0' : char.IsWhiteSpace(c) || c == '"' ? ' ' : char.ToLowerInvariant(c);
            if (next is ' ' or '0' && folded.Length > 0 && folded[^1] == next) continue;
            folded.Append(next);
        }

        return folded.ToString().Trim();
    }
}
