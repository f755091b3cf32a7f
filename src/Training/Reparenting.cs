using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Draws another context for a row: a parent that starts ordinary commands and attacks alike, other rights, another place of files. The
/// label stays, because the act stays.
/// </summary>
/// <remarks>Both classes are drawn from the same list, so none of these contexts speaks for or against a launch.</remarks>
internal static class Reparenting
{
    private const double ReplacedShare = 0.3;

    private static readonly WordFile File = OwnRow.File("neutral-parents.txt");
    private static readonly string[] Parents = File["parents"].Texts;
    private static readonly FrozenSet<string> StartedByTheirOwn = File["started_by_their_own"].ToSet();

    private static readonly string[] Folders =
        [@"C:\Program Files\Vendor\", @"C:\Program Files (x86)\Example\", @"C:\Apps\", @"D:\data\", @"C:\ProgramData\Vendor\"];

    /// <summary>
    /// Whether a row keeps its label under any parent. What Windows itself starts does not, and neither does a look-alike, which is often
    /// ordinary because of its parent.
    /// </summary>
    public static bool Fits(CorpusRow row) =>
        row.Role != CorpusRole.BenignSynthetic && FitsAnyParent(row.Event);

    /// <summary>Whether other programs than Windows and its own product start the child.</summary>
    public static bool FitsAnyParent(ProcessEvent e) => !StartedByTheirOwn.Contains(e.Child.Name.ToLowerInvariant());

    /// <summary>The same act in another context.</summary>
    public static ProcessEvent Draw(ProcessEvent e, Random random)
    {
        var elsewhere = Elsewhere(e, random);
        if (random.NextDouble() >= ReplacedShare) return elsewhere;
        return elsewhere with { Child = elsewhere.Child with { CommandLine = Replaced(e.Child.CommandLine, random) } };
    }

    /// <summary>The same launch under another parent, with other rights.</summary>
    public static ProcessEvent Elsewhere(ProcessEvent e, Random random)
    {
        var parent = Parents[random.Next(Parents.Length)];
        var isSystem = random.NextDouble() < 0.4;
        var level = isSystem ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium;
        return e with
        {
            Parent = new() { Name = parent[(parent.LastIndexOf('\\') + 1)..].ToLowerInvariant(), Path = parent },
            User = isSystem ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = e.Child with { Integrity = level },
        };
    }

    /// <summary>Files that lie in a user's or a temporary folder, in another one.</summary>
    private static string? Replaced(string? commandLine, Random random)
    {
        if (commandLine is null) return null;
        var folder = Folders[random.Next(Folders.Length)];
        foreach (var before in UserFolders)
        {
            var at = commandLine.IndexOf(before, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var end = commandLine.IndexOfAny([' ', '"', ',', ';'], at);
            var path = end < 0 ? commandLine[at..] : commandLine[at..end];
            var name = path.LastIndexOf('\\') + 1;
            return commandLine[..at] + folder + path[name..] + (end < 0 ? "" : commandLine[end..]);
        }

        return commandLine;
    }

    private static readonly string[] UserFolders = [@"C:\Users\", @"C:\Windows\Temp\", @"C:\Temp\", "%temp%", "%appdata%", "%public%"];
}
