using System.Globalization;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Hosting.Fleet;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>
/// One instance of the app as far as the fleet view goes: its own blob client, whose requests are counted, its pipeline and its view.
/// </summary>
internal sealed class FleetInstance : IDisposable
{
    private readonly CountedRequests _requests = new();
    private readonly BatchPipeline _pipeline;
    private readonly EventPartition _own;
    private int _messages;

    public FleetInstance(string connection, string baseline, int number)
    {
        var options = new Azure.Storage.Blobs.BlobClientOptions();
        options.AddPolicy(_requests, Azure.Core.HttpPipelinePosition.PerRetry);
        var settings = new PipelineSettings { BaselineName = baseline };
        _own = FleetSnapshots.Partition(number);
        _pipeline = new BatchPipeline(new InMemoryBaselineStore(), new Nowhere(), settings);
        Blobs = new FleetBlobs(new StorageClients(new StorageOptions { ConnectionString = connection }).Blobs(options), baseline);
        Host = new FleetHost(
            Blobs, _pipeline, settings, Options.Create(new FleetOptions()), TimeProvider.System, NullLogger<FleetHost>.Instance);
    }

    public FleetBlobs Blobs { get; }

    public FleetHost Host { get; }

    public RequestCount Count => _requests.Count;

    /// <summary>A batch of the partition that it owns, so that there is something to tell.</summary>
    public Task WorkAsync(CancellationToken cancellationToken) => _pipeline.ProcessAsync(
        new EventBatch(_own, [Message(++_messages, Record("services.exe", "svchost.exe"), FleetSnapshots.Time)]),
        new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent) { Fleet = Host.View },
        cancellationToken);

    public void Dispose() => Host.Dispose();

    private sealed class Nowhere : IDeadLetterStore
    {
        public Task WriteAsync(
            EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>
/// Realistic snapshots: a hundred lineages for each parent, half of them shared by the whole fleet. Names, counts and times are as uneven
/// as real ones, and every third lineage has hosts of the day.
/// </summary>
internal static class FleetSnapshots
{
    private const int LineagesOfAParent = 100;

    public static DateTimeOffset Time { get; } = Some.Time;

    public static EventPartition Partition(int number) => new("telemetry", number.ToString(CultureInfo.InvariantCulture));

    public static PartitionSnapshot Of(int number, int lineages)
    {
        var random = new Random(number);
        var surprises = new SurpriseHistogram();
        for (var i = 0; i < 2_000; i++) surprises.Count(random.NextDouble() * 6, Day(Time));
        return new PartitionSnapshot
        {
            Partition = Partition(number),
            Version = $"W/\"datetime'{random.NextInt64():x}'\"",
            Position = new Position(0, random.Next(), 0),
            Clock = Time,
            LearningSince = Time,
            Surprises = surprises.ToText(),
            Parents = Enumerable.Range(0, lineages).GroupBy(i => i / LineagesOfAParent).ToDictionary(
                p => Name(new Random(p.Key)),
                p =>
                    new ParentSnapshot(
                        [.. p.Select(i => Row(i, i % 2 == 0 ? new Random(i) : new Random((number * lineages) + i), random))],
                        IsExact: true),
                StringComparer.Ordinal),
        };
    }

    private static int Day(DateTimeOffset time) => (int)(time - DateTimeOffset.UnixEpoch).TotalDays;

    private static CountRow Row(int i, Random name, Random random)
    {
        var hosts = DayHosts.None;
        for (var host = 0; i % 3 == 0 && host < 4; host++) hosts = hosts.Take($"host{random.Next()}", 3).After;
        var last = Time - TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay * 20));
        return new CountRow(
            Name(name), new LaunchCount(random.NextInt64(1L << 20, 1L << 34)), Day(last),
            last - TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay * 60)), last)
        {
            Hosts = hosts,
        };
    }

    /// <summary>Six to sixteen letters and digits, then what Windows programs end with.</summary>
    private static string Name(Random random) => random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", random.Next(6, 17)) + ".exe";
}
