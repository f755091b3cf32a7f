using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Injection;
using Changeling.Simulation.Programs;

namespace Changeling.Simulation.Running;

/// <summary>One process start with all that Windows knows of it; numbered once all starts of its host are in order.</summary>
internal sealed class SimulatedLaunch
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>The program; path and names are filled in.</summary>
    public required ProgramFile File { get; init; }

    public required string CommandLine { get => Distinct ?? field; init; }

    /// <summary>The command line, made different from all others.</summary>
    private string? Distinct { get; set; }

    public required Account Account { get; init; }

    public required IntegrityLevel Integrity { get; init; }

    /// <summary>Absent only for System, the first process.</summary>
    public SimulatedLaunch? Parent { get; init; }

    public AttackStep? Attack { get; init; }

    /// <summary>Set when it was injected, by an attacker or not.</summary>
    public InjectedStep? Injected { get; init; }

    /// <summary>Whether an event reports it; an injected row's parent ran already.</summary>
    public bool IsTold { get; init; } = true;

    public uint Pid { get; private set; }

    /// <summary>Rises with time on its host: the agents' record number.</summary>
    public long Number { get; private set; }

    /// <summary>As a reader sees it: an empty one is none.</summary>
    public string? ReadCommandLine => CommandLine is "" ? null : CommandLine;

    public string FileName => File.Path[(File.Path.LastIndexOf('\\') + 1)..];

    public string Name => FileName.ToLowerInvariant();

    public void Assign(long number, uint pid) => (Number, Pid) = (number, pid);

    /// <summary>Gives it a command line that no other process of the fleet has; an empty one stays.</summary>
    /// <param name="host">The host's number.</param>
    public void Distinguish(int host)
    {
        if (CommandLine.Length > 0) Distinct = FormattableString.Invariant($"{CommandLine} /session:{host:x}-{Number:x}");
    }
}
