using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Commands of our own, each drawn twice: attacks under a parent of attacks, administration under a shell or an agent,
/// and both once more under a parent that starts anything. So what is asked for decides, and not who asks.
/// </summary>
/// <remarks>In training only, never evaluated on.</remarks>
internal static class MadeCommands
{
    private const double AgentShare = 0.4;

    private static readonly WordFile Parents = OwnRow.File("administration-parents.txt");
    private static readonly string[] Shells = Parents["shells"].Texts;
    private static readonly string[] Agents = Parents["agents"].Texts;

    /// <summary>The lines of attacks, by file.</summary>
    public static IReadOnlyList<WordLine> AttackLines { get; } = OwnRow.Lines("AttackCommands");

    /// <summary>The lines of ordinary commands, by file.</summary>
    public static IReadOnlyList<WordLine> OrdinaryLines { get; } = OwnRow.Lines("Administration");

    public static IEnumerable<ProcessEvent> Attacks(Random random) => Draw(AttackLines, AssumedFields.Redraw, random);

    public static IEnumerable<ProcessEvent> Ordinary(Random random) => Draw(OrdinaryLines, Administered, random);

    /// <summary>A program that only its own product starts keeps to the parents of its class.</summary>
    private static IEnumerable<ProcessEvent> Draw(
        IReadOnlyList<WordLine> lines, Func<ProcessEvent, Random, ProcessEvent> ofItsClass, Random random)
    {
        foreach (var line in lines)
        {
            var (program, arguments) = OwnRow.Launch(line);
            var path = OwnRow.PathOf(program);
            yield return ofItsClass(Command(path, arguments, random), random);
            var again = Command(path, arguments, random);
            yield return Reparenting.FitsAnyParent(again) ? Reparenting.Elsewhere(again, random) : ofItsClass(again, random);
        }
    }

    private static ProcessEvent Command(string path, string arguments, Random random) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Host = new("made"),
        Format = "synthetic",
        Child = new()
        {
            Name = OwnRow.NameOf(path).ToLowerInvariant(),
            Path = path,
            CommandLine = $"{OwnRow.Image(path, random)} {arguments}".TrimEnd(),
        },
    };

    private static ProcessEvent Administered(ProcessEvent e, Random random)
    {
        var isAgent = random.NextDouble() < AgentShare;
        var parents = isAgent ? Agents : Shells;
        var parent = parents[random.Next(parents.Length)];
        var level = isAgent ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium;
        return e with
        {
            Parent = new() { Name = OwnRow.NameOf(parent).ToLowerInvariant(), Path = parent },
            User = isAgent ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = e.Child with { Integrity = level },
        };
    }
}
