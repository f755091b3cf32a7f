using System.Text;
using System.Text.RegularExpressions;
using Changeling.Events;

namespace Changeling.Training.Unseen;

/// <summary>The same launch in another form. None of the transformations changes what it does.</summary>
internal static partial class FormVariants
{
    private const string BlanksForOne = "   ";

    private static readonly (string Name, Func<ProcessEvent, string, string> Change)[] All =
    [
        ("http: to https:", (_, line) => line.Replace("http://", "https://", StringComparison.OrdinalIgnoreCase)),
        ("data paths on drive D:", OnOtherDrive),
        ("command line in lower case", (_, line) => Encoded().IsMatch(line) ? line : line.ToLowerInvariant()),
        ("command line in upper case", (_, line) => Encoded().IsMatch(line) ? line : line.ToUpperInvariant()),
        ("image: quoted full path", (e, line) => e.Child.Path is { } path ? $"\"{path}\"{line[EndOfImage(e, line)..]}" : line),
        ("image: bare file name", (e, line) => e.Child.Name + line[EndOfImage(e, line)..]),
        ("three blanks for one", (_, line) => Widened(line)),
    ];

    /// <summary>The variants of a launch whose text differs; none without a command line.</summary>
    public static IEnumerable<(string Transform, ProcessEvent Variant)> Of(ProcessEvent e)
    {
        if (e.Child.CommandLine is not { } line) yield break;
        foreach (var (name, change) in All)
        {
            var changed = change(e, line);
            if (changed != line) yield return (name, e with { Child = e.Child with { CommandLine = changed } });
        }
    }

    /// <summary>Paths of data in the arguments; the folders of the system, of programs and of users are nearly always on drive C.</summary>
    private static string OnOtherDrive(ProcessEvent e, string line)
    {
        var end = EndOfImage(e, line);
        return line[..end] + DataPath().Replace(line[end..], @"D:\");
    }

    private static int EndOfImage(ProcessEvent e, string line)
    {
        if (line.StartsWith('"')) return line.IndexOf('"', 1) is > 0 and var close ? close + 1 : line.Length;
        if (e.Child.Path is { } path && line.StartsWith(path, StringComparison.OrdinalIgnoreCase)) return path.Length;
        if (line.StartsWith(e.Child.Name, StringComparison.OrdinalIgnoreCase)) return e.Child.Name.Length;
        return line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? blank : line.Length;
    }

    /// <summary>Blanks between tokens; those within quotes are part of an argument.</summary>
    private static string Widened(string line)
    {
        var wide = new StringBuilder(line.Length * 2);
        var isQuoted = false;
        foreach (var c in line)
        {
            isQuoted ^= c == '"';
            if (c == ' ' && !isQuoted) wide.Append(BlanksForOne);
            else wide.Append(c);
        }

        return wide.ToString();
    }

    /// <summary>A long run that may be base64: its case is content.</summary>
    [GeneratedRegex("[A-Za-z0-9+/]{40,}")]
    private static partial Regex Encoded();

    [GeneratedRegex(@"(?<![A-Z])C:\\(?!Windows|Program Files|ProgramData|Users)", RegexOptions.IgnoreCase)]
    private static partial Regex DataPath();
}
