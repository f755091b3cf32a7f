using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Launches of our own as whole chains, from the folders <c>AttackChains</c> and <c>OrdinaryChains</c> of <c>Words</c>: parent with its
/// arguments, child with its arguments. In training only.
/// </summary>
internal static class MadeChains
{
    /// <summary>The lines of attacks, by file.</summary>
    public static IReadOnlyList<WordLine> AttackLines { get; } = OwnRow.Lines("AttackChains");

    /// <summary>The lines of ordinary launches, by file.</summary>
    public static IReadOnlyList<WordLine> OrdinaryLines { get; } = OwnRow.Lines("OrdinaryChains");

    public static IEnumerable<ProcessEvent> Attacks(Random random) => AttackLines.Select(line => Start(line, random));

    public static IEnumerable<ProcessEvent> Ordinary(Random random) => OrdinaryLines.Select(line => Start(line, random));

    private static ProcessEvent Start(WordLine line, Random random)
    {
        var isService = line.Text.StartsWith('!');
        var (parent, child, original) = OwnRow.Chain(line);
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
                Name = OwnRow.NameOf(childPath).ToLowerInvariant(),
                Path = childPath,
                CommandLine = $"{OwnRow.Image(childPath, random)} {childArguments}".TrimEnd(),
                OriginalFileName = original,
                Integrity = isService ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium,
            },
            Parent = new()
            {
                Name = OwnRow.NameOf(parentPath).ToLowerInvariant(),
                Path = parentPath,
                CommandLine = $"{OwnRow.Image(parentPath, random)} {parentArguments}".TrimEnd(),
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

        return (OwnRow.PathOf(text[..end]), text[end..].Trim());
    }
}
