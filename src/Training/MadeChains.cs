using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Launches of our own as whole chains, from <c>Words/attack-chains.txt</c> and <c>Words/ordinary-chains.txt</c>: parent with its
/// arguments, child with its arguments. In training only.
/// </summary>
internal static class MadeChains
{
    private const string System32 = @"C:\Windows\System32\";
    private static readonly FrozenDictionary<string, string> Folders =
        OwnRow.File("program-folders.txt").Index(folder => folder.Name).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The lines of attacks, in the order of the file.</summary>
    public static IReadOnlyList<WordLine> AttackLines { get; } = Lines("attack-chains.txt");

    /// <summary>The lines of ordinary launches, in the order of the file.</summary>
    public static IReadOnlyList<WordLine> OrdinaryLines { get; } = Lines("ordinary-chains.txt");

    public static IEnumerable<ProcessEvent> Attacks(Random random) => AttackLines.Select(line => Start(line, random));

    public static IEnumerable<ProcessEvent> Ordinary(Random random) => OrdinaryLines.Select(line => Start(line, random));

    private static IReadOnlyList<WordLine> Lines(string file) => [.. OwnRow.File(file).Groups.SelectMany(g => g.Items)];

    private static ProcessEvent Start(WordLine line, Random random)
    {
        var isService = line.Text.StartsWith('!');
        var (parent, child) = OwnRow.Chain(line);
        var (parentPath, parentArguments) = Split(isService ? parent[1..] : parent);
        var (childPath, childArguments) = Split(child);
        return new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new("made"),
            Format = "synthetic",
            User = isService ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = new()
            {
                Name = Name(childPath).ToLowerInvariant(),
                Path = childPath,
                CommandLine = $"{Image(childPath, random)} {childArguments}".TrimEnd(),
                Integrity = isService ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium,
            },
            Parent = new()
            {
                Name = Name(parentPath).ToLowerInvariant(),
                Path = parentPath,
                CommandLine = $"{Image(parentPath, random)} {parentArguments}".TrimEnd(),
            },
        };
    }

    /// <summary>The program ends at the first <c>.exe</c> or the like that a blank or the end follows; folders may hold blanks.</summary>
    private static (string Path, string Arguments) Split(string text)
    {
        var end = text.Length;
        foreach (var extension in new[] { ".exe", ".tmp", ".scr", ".com" })
        {
            var at = text.IndexOf(extension + " ", StringComparison.OrdinalIgnoreCase);
            if (at >= 0) end = Math.Min(end, at + extension.Length);
        }

        var program = text[..end];
        var isWhole = program.Contains('\\', StringComparison.Ordinal) || program == "System";
        var path = isWhole ? program : Folders.GetValueOrDefault(program, System32) + program;
        return (path, text[end..].Trim());
    }

    private static string Image(string path, Random random) =>
        random.Next(3) switch { 0 => Name(path)[..^4], 1 => path, _ => $"\"{path}\"" };

    private static string Name(string path) => path[(path.LastIndexOf('\\') + 1)..];
}
