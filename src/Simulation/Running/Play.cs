using Changeling.Simulation.Fleet;
using Changeling.Simulation.Words;

namespace Changeling.Simulation.Running;

/// <summary>One playing of a scene: its chance, and the values that stay the same throughout it.</summary>
internal sealed class Play
{
    private readonly string? _chain;
    private int _steps;

    /// <param name="host">Where it is played, for its person's name.</param>
    /// <param name="chance">The stream that decides all that is left open.</param>
    /// <param name="chain">The attack chain's id, when it is one.</param>
    public Play(SimulatedHost host, Chance chance, string? chain = null)
    {
        Chance = chance;
        _chain = chain;
        Values = new Dictionary<string, string>(StringComparer.Ordinal);
        MoveTo(host);
    }

    public Chance Chance { get; }

    public Dictionary<string, string> Values { get; }

    /// <summary>The scene continues at another host: people and names change, all else stays.</summary>
    public void MoveTo(SimulatedHost host)
    {
        Values["user"] = host.Person;
        Values["me"] = host.Name;
    }

    public string Fill(string template) => Template.Fill(template, Chance, Values);

    public string? FillIfAny(string? template) => template is null ? null : Fill(template);

    /// <summary>Around so many seconds, sometimes much longer, in whole milliseconds.</summary>
    public TimeSpan Pause(double usualSeconds)
    {
        var luck = Chance.Unit();
        return TimeSpan.FromMilliseconds(1 + (long)(usualSeconds * 1000 * (0.4 + (1.8 * luck * luck))));
    }

    public AttackStep? Step(string? technique) =>
        technique is null || _chain is null ? null : new AttackStep(_chain, ++_steps, technique);
}
