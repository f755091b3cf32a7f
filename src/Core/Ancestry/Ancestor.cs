namespace Changeling.Ancestry;

/// <summary>One process above a launch.</summary>
/// <param name="Name">File name, lower case.</param>
/// <param name="Guid">The sensor's own id of the process, if it has one.</param>
/// <param name="Pid">Its process id, if known.</param>
/// <param name="CommandLine">The first characters of its command line, if known.</param>
/// <param name="Seen">
/// What its own launch showed; <see langword="null"/> when that launch was not seen or is no longer remembered, so that only its child
/// names it. What is above such a process is unknown.
/// </param>
public sealed record Ancestor(string Name, string? Guid, uint? Pid, string? CommandLine, SeenLaunch? Seen);

/// <summary>What the launch of an ancestor showed.</summary>
/// <param name="Probability">The model's probability, 0–1.</param>
/// <param name="Age">How long before the launch it was started; at least 0.</param>
public readonly record struct SeenLaunch(double Probability, TimeSpan Age);
