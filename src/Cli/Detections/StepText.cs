using System.Globalization;

namespace Changeling.Cli.Detections;

/// <summary>The texts of a process in the tree of an incident, each shortened to a maximum length.</summary>
/// <param name="look">The sign of what was left out.</param>
internal sealed class StepText(Look look)
{
    private const int MaxReasons = 3;
    private const int MinReason = 12;
    private const string Between = " | ";

    /// <summary>
    /// The command line; with the name before it where it does not begin with it. Where it does not fit, the folder of a program of Windows
    /// is left out, and of a process that only connects.
    /// </summary>
    public string CommandLine(ShownProcess process, int most)
    {
        var name = process.Name;
        var line = process.CommandLine is { } known && ProgramPath.Names(known, name) ? known
            : process.CommandLine is { } other ? $"{name}: {other}"
            : name;
        if (line.Length > most) line = process.IsStep ? ProgramPath.WithoutOrdinaryFolder(line) : ProgramPath.WithoutFolder(line);
        return Middle(Printable.Of(line), most);
    }

    /// <summary>Reasons in short, then what must not be cut: ATT&amp;CK ids, a change of the account, repetitions.</summary>
    public string Details(ShownProcess step, bool isSameUser, int most)
    {
        string?[] rest =
        [
            step.Attacks.Count == 0 ? null : string.Join(' ', step.Attacks),
            isSameUser ? null : step.User,
            step.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{step.Count} times") : null,
        ];
        var tail = Printable.Of(string.Join(" | ", rest.OfType<string>()));
        var room = most - tail.Length - (tail.Length > 0 ? Between.Length : 0);
        var reasons = Reasons(step.Reasons, room);
        return Middle(reasons + (reasons.Length > 0 && tail.Length > 0 ? Between : "") + tail, most);
    }

    /// <summary>As many reasons as fit; the first is shortened, if there is any place for it.</summary>
    private string Reasons(IReadOnlyList<string> reasons, int most)
    {
        for (var shown = Math.Min(reasons.Count, MaxReasons); shown > 0; shown--)
        {
            var text = Printable.Of(string.Join(", ", reasons.Take(shown)));
            if (text.Length <= most) return text;
        }

        return reasons.Count == 0 || most < MinReason ? "" : Middle(Printable.Of(Example(reasons[0])), most);
    }

    /// <summary>A reason without its lead-in: "2 telltale combinations of words: NAME, NAME" has the names at its end.</summary>
    private static string Example(string reason) =>
        reason.IndexOf(": ", StringComparison.Ordinal) is var end and >= 0 ? reason[(end + 2)..] : reason;

    private string Middle(string text, int most) => Shortened.Middle(text, most, look.Cut);
}
