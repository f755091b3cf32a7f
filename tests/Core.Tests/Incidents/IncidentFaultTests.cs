using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Incidents.SomeSignal;

namespace Changeling.Core.Tests.Incidents;

/// <summary>
/// What faults may not change: every incident, with every member, is sent as in a run that nothing disturbs, in the same order and with the
/// same bytes.
/// </summary>
public class IncidentFaultTests
{
    private const string Baseline = "default";
    private const int Partitions = 8;
    private const int Hosts = 40;
    private const int Phases = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_anywhere_each_incident_is_sent_as_in_an_undisturbed_run()
    {
        var expected = await RunAsync(new Attack(7), store => store, new Random(1));
        Assert.InRange(expected.Sent.Count, Hosts * 2, Hosts * Phases * 2);

        var kills = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            DyingIncidentStore? dying = null;
            var history = await RunAsync(new Attack(7), store => dying ??= new DyingIncidentStore(store, random), random, () => kills++);

            Assert.Equal(expected.Messages, history.Messages);
            Assert.Equal(expected.Rows, history.Rows);
            Assert.Equal(expected.Messages.Select(m => m.Value), history.Sent.Distinct());
        }

        Assert.True(kills > 100, $"only {kills} kills");
    }

    [Fact]
    public async Task Of_owners_that_run_at_once_none_doubles_or_loses_anything()
    {
        var expected = await RunAsync(new Attack(7), store => store, new Random(1));

        for (var seed = 0; seed < 10; seed++)
        {
            var attack = new Attack(7);
            var (store, hub) = (attack.Store, new InMemoryDetectionHub());
            var owners = Enumerable.Range(0, 4).Select(_ => Process(store, hub)).ToList();
            for (var phase = 0; phase < Phases; phase++)
            {
                await attack.CommitAsync(phase);
                await Task.WhenAll(owners.Select(owner => Task.Run(owner.RunAsync, Token)));
                await owners[0].RunAsync();
            }

            Assert.Equal(expected.Rows, await RowsAsync(store));
            Assert.Equal(expected.Messages.Select(m => m.Value).Order(), hub.Sent.Select(Text).Distinct().Order());
        }
    }

    [Fact]
    public async Task A_partition_that_is_hours_late_loses_no_member_however_often_the_timer_was_killed_before()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var attack = new Attack(7) { Late = 3 };
            DyingIncidentStore? dying = null;
            var history = await RunAsync(attack, store => dying ??= new DyingIncidentStore(store, random), random);

            var members = history.Incidents.SelectMany(i => i.Members).Select(m => m.Signal.Uid).ToList();
            Assert.Equal(attack.Uids.Order(), members.Order());
            AssertWhole(history);
        }
    }

    [Fact]
    public async Task An_import_that_makes_a_partition_older_takes_no_signal_again()
    {
        var attack = new Attack(7);
        var process = Process(attack.Store, new InMemoryDetectionHub());
        await attack.CommitAsync(0);
        var before = await process.GatherAsync();
        attack.Since -= TimeSpan.FromDays(30);
        await attack.CommitAsync(1);
        var after = await process.GatherAsync();
        attack.Since += TimeSpan.FromDays(31);
        await attack.CommitAsync(2);
        var again = await process.GatherAsync();

        var (signals, all) = (Hosts * 3, Hosts * 3 * Phases);
        Assert.Equal((signals, signals, all), (before.Signals, after.Signals, again.Signals));
    }

    /// <summary>Each message follows the one before, and each incident is created once, under one id.</summary>
    private static void AssertWhole(History history)
    {
        Assert.Equal(Enumerable.Range(0, history.Messages.Count).Select(i => (long)i), history.Messages.Keys);
        var sent = history.Messages.Values.Select(body => (
            Id: Part(body, "correlation_uid"), Revision: int.Parse(Part(body, "sequence"), null), Activity: Part(body, "activity_name")));
        foreach (var messages in sent.GroupBy(m => m.Id))
        {
            Assert.Equal(Enumerable.Range(1, messages.Count()), messages.Select(m => m.Revision));
            Assert.Equal(["Create"], messages.Select(m => m.Activity).Where(a => a == "Create"));
            Assert.Equal("Create", messages.First().Activity);
        }
    }

    /// <summary>A property of a message, of which there is one.</summary>
    private static string Part(string body, string name)
    {
        var value = body[(body.IndexOf($"\"{name}\":", StringComparison.Ordinal) + name.Length + 3)..];
        return value[..value.IndexOfAny([',', '}'])].Trim('"');
    }

    /// <summary>Commits the attack phase after phase, and runs the timer after each until nothing disturbs it.</summary>
    private static async Task<History> RunAsync(
        Attack attack, Func<IIncidentStore, IIncidentStore> faulty, Random random, Action? onKill = null)
    {
        var recorded = new Recorded(attack.Store);
        var store = faulty(recorded);
        var dying = store as DyingIncidentStore;
        var hub = new InMemoryDetectionHub(() => dying is not null && random.NextDouble() < dying.Odds ? new KilledException() : null);
        var process = Process(store, hub);
        for (var phase = 0; phase < Phases + (attack.Late is null ? 0 : 1); phase++)
        {
            await attack.CommitAsync(phase);
            for (var run = 0; run < 30; run++)
            {
                if (dying is not null) dying.Odds = run < 25 ? 0.15 : 0;
                try
                {
                    await process.RunAsync();
                }
                catch (KilledException)
                {
                    onKill?.Invoke();
                    process = Process(store, hub);
                }
                catch (StoreUnavailableException)
                {
                    // The process goes on with what it has in memory.
                }
            }
        }

        Assert.Empty(await recorded.UnsentAsync(Baseline, 1, Token));
        return new History(recorded.Messages, [.. hub.Sent.Select(Text)], await RowsAsync(recorded));
    }

    private static Owner Process(IIncidentStore store, IDetectionHub hub) =>
        new(new IncidentGathering(store, Baseline, DetectionFormat.Ocsf, AlertKind.Incidents), new IncidentOutbox(store, hub, Baseline));

    private static async Task<IReadOnlyList<(string Name, string Body)>> RowsAsync(IIncidentStore store) =>
    [
        .. (await store.ReadRowsAsync(Baseline, Token))
            .Select(r => ($"{r.Kind} {r.Name}", r.Kind == IncidentRowKind.Habits ? Convert.ToHexString(r.Body.Span) : Text(r.Body))),
    ];

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <summary>A process that owns the timer.</summary>
    private sealed record Owner(IncidentGathering Gathering, IncidentOutbox Outbox)
    {
        public Task<IncidentOutcome> GatherAsync() => Gathering.RunAsync(RuleSet.Shipped, Token);

        public async Task RunAsync()
        {
            await GatherAsync();
            await Outbox.SendAsync(Token);
        }
    }

    /// <summary>What is left of a history.</summary>
    private sealed record History(
        SortedDictionary<long, string> Messages, IReadOnlyList<string> Sent, IReadOnlyList<(string Name, string Body)> Rows)
    {
        public IEnumerable<Incident> Incidents => Rows.Where(r => r.Name.StartsWith("Incident ", StringComparison.Ordinal))
            .Select(r => IncidentRows.Read(new(IncidentRowKind.Incident, r.Name, Encoding.UTF8.GetBytes(r.Body)))!);
    }

    /// <summary>Keeps every message that was committed.</summary>
    private sealed class Recorded(IIncidentStore store) : PassingIncidentStore(store)
    {
        public SortedDictionary<long, string> Messages { get; } = [];

        public override async Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken)
        {
            var version = await base.CommitAsync(baseline, change, cancellationToken);
            if (version is null) return null;
            foreach (var message in change.Messages) Messages.Add(message.Number, Text(message.Body));
            return version;
        }
    }

    /// <summary>
    /// In each phase, 20 minutes after the one before, each of 40 hosts has three different steps in different event partitions. In the
    /// first phase they are an incident, and then it grows. The last phase is so late that all are closed.
    /// </summary>
    private sealed class Attack
    {
        private readonly InMemoryBaselineStore _counts = new();
        private readonly string?[] _versions = new string?[Partitions];
        private readonly long[] _next = new long[Partitions];
        private readonly List<(int Partition, Signal Signal)>[] _phases;

        public Attack(int seed)
        {
            var random = new Random(seed);
            _phases =
            [
                .. Enumerable.Range(0, Phases).Select(phase => Enumerable.Range(0, Hosts * 3).Select(i => (
                    Partition: random.Next(Partitions),
                    Signal: Of(
                        $"p{phase}-{i}.exe", MinuteOf(phase) + random.NextDouble(), probability: i % 3 == 0 ? Certain : 0.9,
                        host: $"ws-{i / 3}", user: $"corp\\u{i / 3}") with
                    {
                        Uid = new Guid(phase, (short)i, 0, new byte[8]),
                    })).OrderBy(s => s.Signal.Time).ToList()),
            ];
            var clusters = new InMemoryClusterStore(_counts, () => Enumerable.Range(0, Partitions).Select(Named));
            Store = new InMemoryIncidentStore(_counts, clusters);
        }

        public IIncidentStore Store { get; }

        public DateTimeOffset Since { get; set; } = Start.AddDays(-2);

        /// <summary>A partition that commits nothing before the phase after the last one, when all incidents are closed.</summary>
        public int? Late { get; init; }

        /// <summary>The ids of all steps, each of which is to be a member.</summary>
        public IEnumerable<Guid> Uids => _phases.SelectMany(p => p).Select(s => s.Signal.Uid);

        public async Task CommitAsync(int phase)
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                IEnumerable<(int Partition, Signal Signal)> some = partition == Late
                    ? phase < Phases ? [] : _phases.SelectMany(p => p)
                    : phase < Phases ? _phases[phase] : [];
                var clock = partition == Late && phase < Phases ? Start.AddHours(-1) : Start.AddMinutes(MinuteOf(phase) + 3);
                await CommitAsync(partition, clock, [.. some.Where(s => s.Partition == partition).Select(s => s.Signal)]);
            }
        }

        private static double MinuteOf(int phase) => phase < Phases ? phase * 20 : 400;

        private static BaselinePartition Named(int partition) =>
            new(Baseline, new EventPartition("telemetry", partition.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        private async Task CommitAsync(int partition, DateTimeOffset clock, IReadOnlyList<Signal> signals)
        {
            var next = _next[partition];
            var watermark = new Watermark(new Position(0, next + signals.Count, 0), clock, Since);
            var commit = new BaselineCommit(_versions[partition], watermark, [], [])
            {
                Signals = SignalJson.Rows([.. signals.Select((signal, i) => (new Position(0, next + i, 0), signal))]),
            };
            var result = await _counts.CommitAsync(Named(partition), commit, Token);
            Assert.Equal(CommitOutcome.Committed, result.Outcome);
            _versions[partition] = result.Version;
            _next[partition] = next + signals.Count + 1;
        }
    }
}
