namespace Changeling.Simulation.Running;

/// <summary>Puts a host's starts in order and gives them record numbers and process ids.</summary>
internal static class Numbering
{
    private const uint SystemPid = 4;
    private const int LargestPid = 24_000;

    /// <summary>A process id returns only after so many other starts.</summary>
    private const int Remembered = 1_500;

    public static IReadOnlyList<SimulatedLaunch> Of(Machine machine, int seed)
    {
        var chance = Chance.For(seed, "numbers", machine.Host.Name);
        var ordered = machine.Launches.OrderBy(launch => launch.Time).ToList();
        var recent = new Queue<uint>();
        var taken = new HashSet<uint> { SystemPid };
        var number = chance.Between(40_000L, 4_000_000L);
        machine.First.Assign(number, SystemPid);
        foreach (var launch in ordered)
        {
            var pid = Free(chance, taken);
            launch.Assign(++number, pid);
            recent.Enqueue(pid);
            if (recent.Count > Remembered) taken.Remove(recent.Dequeue());
        }

        return ordered;
    }

    private static uint Free(Chance chance, HashSet<uint> taken)
    {
        while (true)
        {
            var pid = (uint)chance.Between(100L, LargestPid / 4) * 4;
            if (taken.Add(pid)) return pid;
        }
    }
}
