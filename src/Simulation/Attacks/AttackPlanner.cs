using System.Globalization;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Attacks;

/// <summary>Decides which chains happen where and when, and plays them on the fleet.</summary>
internal sealed class AttackPlanner(SimulationOptions options, IReadOnlyList<(Machine Machine, HostCalendar Calendar)> fleet)
{
    private static readonly TimeSpan LongestChain = TimeSpan.FromMinutes(15);

    private static readonly AttackChain[] Chains =
    [
        UserChains.Macro, ServerChains.WebShell, ServerChains.Lateral, UserChains.Lure,
        ServerChains.DatabaseShell, UserChains.Ransom, ServerChains.Credentials,
    ];

    /// <summary>The words for the kinds of chain.</summary>
    public static IEnumerable<string> Kinds => Chains.Select(chain => chain.Name);

    public void Play()
    {
        var possible = Chains.Where(CanHappen).ToList();
        var first = Chance.For(options.Seed, "attacks").Between(0L, possible.Count - 1);
        for (var i = 0; i < options.Attacks; i++) Play(possible[(int)((first + i) % possible.Count)], i + 1);
    }

    private bool CanHappen(AttackChain chain) =>
        fleet.Any(host => chain.Roles.Contains(host.Machine.Host.Role)) &&
        (chain.Targets.Length == 0 || fleet.Count(host => chain.Targets.Contains(host.Machine.Host.Role)) > 1);

    private void Play(AttackChain chain, int number)
    {
        var id = $"{number.ToString(CultureInfo.InvariantCulture)}-{chain.Name}";
        var chance = Chance.For(options.Seed, "attack", id);
        var (first, when) = Beginning(chain, chance);
        var target = Target(chain, first, chance);
        var play = new Play(first.Host, chance, id) { Values = { ["target:"] = target.Host.Name } };
        foreach (var part in chain.Parts)
        {
            var machine = part.OnTarget ? target : first;
            play.MoveTo(machine.Host);
            when = machine.Play(part.Scene, part.Parent, when + play.Pause(part.After), play);
        }
    }

    private (Machine First, DateTimeOffset When) Beginning(AttackChain chain, Chance chance)
    {
        var late = new Span(options.Start.AddHours(SimulationOptions.QuietHours).AddMinutes(1), options.End - LongestChain);
        var places = fleet.Where(host => chain.Roles.Contains(host.Machine.Host.Role)).ToList();
        var times = places
            .SelectMany(
                host => (chain.NeedsPerson ? host.Calendar.Work : host.Calendar.On).Select(span => (host.Machine, Span: span.Within(late))))
            .Where(time => time.Span.Length > LongestChain)
            .ToList();

        // Nobody works late enough in a short or oddly timed simulation: then the attacker does not wait for anybody.
        var (first, span) = times.Count > 0 ? chance.Pick(times) : (chance.Pick(places).Machine, late);
        return (first, span.Some(chance));
    }

    private Machine Target(AttackChain chain, Machine first, Chance chance)
    {
        var targets = fleet.Select(host => host.Machine).Where(
            machine => machine != first && chain.Targets.Contains(machine.Host.Role)).ToList();
        return targets.Count == 0 ? first : chance.Pick(targets);
    }
}
