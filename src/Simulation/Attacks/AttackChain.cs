using Changeling.Simulation.Fleet;
using Changeling.Simulation.Habits;

namespace Changeling.Simulation.Attacks;

/// <summary>An attack, as a series of process starts.</summary>
/// <param name="Name">In lower case with dashes; part of the chain's id.</param>
/// <param name="Roles">Roles of the host on which it begins.</param>
/// <param name="Parts">The parts, in order.</param>
internal sealed record AttackChain(string Name, HostRole[] Roles, params ChainPart[] Parts)
{
    /// <summary>Roles of the second host, if the chain moves to one; empty if it stays.</summary>
    public HostRole[] Targets { get; init; } = [];

    /// <summary>Needs a person at the first host.</summary>
    public bool NeedsPerson { get; init; }
}

/// <summary>A scene of a chain, under one running program of one of its hosts.</summary>
/// <param name="Parent">The word under which that program stays.</param>
/// <param name="Scene">What is started, each attacker's step with its technique.</param>
internal sealed record ChainPart(string Parent, Scene Scene)
{
    /// <summary>On the chain's second host.</summary>
    public bool OnTarget { get; init; }

    /// <summary>Usual seconds after the last start of the part before.</summary>
    public double After { get; init; } = 90;
}
