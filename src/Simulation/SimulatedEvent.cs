using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Injection;
using Changeling.Simulation.Running;

namespace Changeling.Simulation;

/// <summary>One process start of the simulated fleet.</summary>
public sealed record SimulatedEvent
{
    internal SimulatedEvent(SimulatedHost host, SimulatedLaunch launch)
    {
        Host = host;
        Launch = launch;
        Event = host.Format.View(launch, host);
    }

    /// <summary>
    /// The event as its host's collector can tell it: what a reader is to make of the written record. Fields that the
    /// format lacks are <see langword="null"/>.
    /// </summary>
    public ProcessEvent Event { get; }

    /// <summary>The host's number, from 0.</summary>
    public int HostIndex => Host.Index;

    /// <summary>What the host is for.</summary>
    public HostRole Role => Host.Role;

    /// <summary>Set when an attacker caused this start.</summary>
    public AttackStep? Attack => Launch.Attack;

    /// <summary>Set when this start was injected: an attacker's or a look-alike.</summary>
    public InjectedStep? Injected => Launch.Injected;

    /// <summary>The host behind the event.</summary>
    internal SimulatedHost Host { get; }

    /// <summary>All that happened, also what the format cannot tell.</summary>
    internal SimulatedLaunch Launch { get; }
}
