using Changeling.Events;

namespace Changeling.Ancestry;

/// <summary>A process whose start was seen, as far as it is remembered for the launches of its children.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Guid">The sensor's own id of the process, if it has one.</param>
/// <param name="Pid">Its process id, if known; Windows uses an id again after the process has ended.</param>
/// <param name="Name">File name, lower case.</param>
/// <param name="CommandLine">The first characters of its command line, if known (<see cref="MaxCommandLine"/>).</param>
/// <param name="Probability">The model's probability of its launch, 0–1.</param>
/// <param name="Started">When it was started, on the endpoint's clock.</param>
/// <param name="Parent">Its own parent, as its launch named it; <see langword="null"/> when unknown.</param>
public sealed record SeenProcess(
    string Host, string? Guid, uint? Pid, string Name, string? CommandLine, double Probability, DateTimeOffset Started, NamedParent? Parent)
{
    /// <summary>Characters of a command line that are remembered.</summary>
    public const int MaxCommandLine = 256;

    /// <summary>Maximum length of a host, an id or a name: a process with a longer one is not remembered.</summary>
    public const int MaxName = 256;

    /// <summary>Characters of all texts.</summary>
    public int Length =>
        Host.Length + Name.Length + LengthOf(Guid) + LengthOf(CommandLine)
        + (Parent is null ? 0 : Parent.Name.Length + LengthOf(Parent.Guid) + LengthOf(Parent.CommandLine));

    /// <summary>Whether it can be found again, and no text in it is longer than is remembered: senders choose them.</summary>
    public bool IsKept =>
        (Guid is not null || Pid is not null)
        && Host.Length <= MaxName && Name.Length <= MaxName && LengthOf(Guid) <= MaxName
        && (Parent is null || (Parent.Name.Length <= MaxName && LengthOf(Parent.Guid) <= MaxName));

    /// <summary>What is remembered of a launch.</summary>
    public static SeenProcess Of(ProcessEvent e, double probability) => new(
        e.Host.Name, e.Child.Guid, e.Child.Pid, e.Child.Name, Cut(e.Child.CommandLine), probability, e.Time, NamedParent.Of(e));

    private static int LengthOf(string? text) => text?.Length ?? 0;

    internal static string? Cut(string? line) => line is null || line.Length <= MaxCommandLine
        ? line
        : line[..(char.IsHighSurrogate(line[MaxCommandLine - 1]) ? MaxCommandLine - 1 : MaxCommandLine)];
}

/// <summary>A parent as the launch of its child names it.</summary>
/// <param name="Guid">The sensor's own id of the process, if it has one.</param>
/// <param name="Pid">Its process id, if known.</param>
/// <param name="Name">File name, lower case.</param>
/// <param name="CommandLine">The first characters of its command line, if known.</param>
public sealed record NamedParent(string? Guid, uint? Pid, string Name, string? CommandLine)
{
    /// <summary>The parent of a launch; <see langword="null"/> when it is unknown.</summary>
    public static NamedParent? Of(ProcessEvent e) => e.Parent is { Name.Length: > 0 } parent
        ? new(parent.Guid, parent.Pid, parent.Name, SeenProcess.Cut(parent.CommandLine))
        : null;
}
