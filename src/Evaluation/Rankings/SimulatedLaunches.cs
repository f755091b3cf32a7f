using System.Runtime.InteropServices;
using Changeling.Counts;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.Simulation;
using Changeling.Training;

namespace Changeling.Evaluation.Rankings;

/// <summary>
/// A simulated fleet's launches in order of time, 24 bytes each: hosts are simulated one after the other, and only their launches stay in
/// memory.
/// </summary>
internal sealed class SimulatedLaunches
{
    /// <summary>Maximum number of launches that are rated, evenly over all hosts. All launches are counted.</summary>
    private const int MaxRated = 100_000;

    /// <summary>Approximate number of launches of a simulated host in a day.</summary>
    private const int LaunchesPerHostAndDay = 430;

    private readonly List<RatedLaunch> _launches = [];
    private readonly Dictionary<(Lineage, ParentClass), int> _numbers = [];
    private readonly List<(Lineage Lineage, ParentClass Class)> _lineages = [];
    private readonly List<string> _hosts = [];

    /// <summary>Simulates the fleet.</summary>
    /// <param name="options">The fleet.</param>
    /// <param name="ratedFrom">Time from which launches are rated.</param>
    /// <param name="probability">The model of a fold; fleets have no fold, so hosts take turns.</param>
    /// <param name="onHost">Called after each host.</param>
    /// <param name="cancellation">Stops between hosts.</param>
    public static SimulatedLaunches Of(
        SimulationOptions options, DateTimeOffset ratedFrom, Func<int, Events.ProcessEvent, double> probability, Action onHost,
        CancellationToken cancellation)
    {
        var launches = new SimulatedLaunches();
        var keep = (uint)Math.Ceiling((double)options.Hosts * LaunchesPerHostAndDay / MaxRated);
        foreach (var host in FleetSimulator.HostByHost(options))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (i, e) in host.Index())
            {
                if (e.Event.Parent is null) continue;
                var isRated = e.Event.Time >= ratedFrom && StableHash.Of(unchecked((e.HostIndex * 1_000_003) + i)) % keep == 0;
                launches.Add(e, isRated ? (float)probability(FoldOf(e.HostIndex), e.Event) : null);
            }

            onHost();
        }

        // Hosts are added in order of index, so launches with equal times keep this order.
        CollectionsMarshal.AsSpan(launches._launches).Sort(
            (a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.Order.CompareTo(b.Order));
        return launches;
    }

    public int Count => _launches.Count;

    /// <summary>The fold whose model and measures rate a host's launches.</summary>
    public static int FoldOf(int host) => host % CorpusFolds.Count;

    /// <summary>The launches in order of time.</summary>
    public IEnumerable<FleetLaunch> InOrder()
    {
        foreach (var launch in _launches)
        {
            var (lineage, parentClass) = _lineages[launch.Lineage];
            yield return new FleetLaunch(
                new DateTimeOffset(launch.Ticks, TimeSpan.Zero), lineage, parentClass, launch.Host, _hosts[launch.Host],
                launch.Rated is var p && p < 0
                    ? null
                    : p);
        }
    }

    private void Add(SimulatedEvent e, float? probability)
    {
        if (e.HostIndex == _hosts.Count) _hosts.Add(e.Event.Host.Name);
        var lineage = Lineage.Of(e.Event.Parent!.Name, e.Event.Child.Name);
        var key = (lineage, ParentClassifier.Classify(lineage.Parent, e.Event.Parent.Path));
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers[key] = number = _lineages.Count;
            _lineages.Add(key);
        }

        _launches.Add(new RatedLaunch(e.Event.Time.UtcTicks, _launches.Count, number, e.HostIndex, probability ?? NotRated));
    }

    private const float NotRated = -1;

    private readonly record struct RatedLaunch(long Ticks, int Order, int Lineage, int Host, float Rated);
}

/// <summary>One launch of a fleet.</summary>
/// <param name="Time">Time of the launch, UTC.</param>
/// <param name="Lineage">The folded pair.</param>
/// <param name="ParentClass">The parent's class.</param>
/// <param name="Host">The host's index.</param>
/// <param name="HostName">Its name.</param>
/// <param name="Probability">
/// The model's probability, or not a number without a model; <see langword="null"/> for a launch that is counted but not rated.
/// </param>
internal readonly record struct FleetLaunch(
    DateTimeOffset Time, Lineage Lineage, ParentClass ParentClass, int Host, string HostName, float? Probability);
