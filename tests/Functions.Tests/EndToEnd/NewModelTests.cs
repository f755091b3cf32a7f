using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>A model's life in the running app: published, activated while batches are scored, replaced by garbage, rolled back.</summary>
public class NewModelTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string NewVersion = "2099.1.1";
    private const int BatchSize = 50;

    private readonly ConcurrentQueue<string> _log = new();

    [Fact(Timeout = 180_000)]
    public async Task A_new_model_takes_over_between_two_batches_and_a_bad_one_never_and_no_event_is_lost_or_counted_twice()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("models");
        var models = new ModelBlobs(new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString }).Blobs());
        await using var scoring = await app.StartAsync(baseline, o => o with
        {
            MaxEventBatchSize = BatchSize,
            OnOutput = _log.Enqueue,
            Settings = new Dictionary<string, string>(o.Settings)
            {
                ["Model:PollInterval"] = "00:00:01",
                ["Detections:EmitAfter"] = "00:00:00",
                ["Baseline:HalfLifeDays"] = "0",
            },
        });
        var traffic = new Traffic();

        // Both partitions are scored without a pause; an attack before the new model and one when it has taken over.
        var swapped = SwapAsync();
        var run = await scoring.Host.RunAsync([traffic.Feed("0", swapped, token), traffic.Feed("1", swapped, token)], null, token);
        await swapped;

        Assert.Equal((0, 0, 0), (run.FailedAttempts, run.LostBatches, run.Restarts));
        Assert.Equal(
            [
                ("0", "after.exe", NewVersion), ("0", "before.exe", Packages.ShippedVersion), ("1", "after.exe", NewVersion),
                ("1", "before.exe", Packages.ShippedVersion),
            ],
            Detected(scoring).Order());

        // Somebody points to garbage by hand; the app says so and scores on.
        var pointer = (await models.ReadPointerAsync(null, token)).Pointer!;
        var garbage = "this is no package"u8.ToArray();
        await UploadAsync("2099.2.1.zip", garbage, token);
        await UploadAsync(
            ModelBlobs.PointerName, (ModelPointer.For("2099.2.1", garbage) with { Previous = pointer.Previous }).ToJson().ToArray(), token);
        await UntilAsync(() => _log.Any(line => line.Contains($"refused and model {NewVersion} stays", StringComparison.Ordinal)), token);
        await scoring.Host.RunAsync([traffic.Attack("2", "garbage.exe")], null, token);
        Assert.Contains(("2", "garbage.exe", NewVersion), Detected(scoring));

        // The way back.
        var reading = await models.ReadPointerAsync(null, token);
        Assert.True(await models.MoveAsync(reading, reading.Pointer!.Previous!, token));
        await UntilAsync(
            () => _log.Count(line => line.Contains($"Scoring with model {Packages.ShippedVersion}", StringComparison.Ordinal)) == 2, token);
        await scoring.Host.RunAsync([traffic.Attack("3", "back.exe")], null, token);
        Assert.Contains(("3", "back.exe", Packages.ShippedVersion), Detected(scoring));

        foreach (var (child, count) in traffic.Sent)
            Assert.Equal((child, (double)count), (child, await TableRows.LaunchesAsync(app.ConnectionString, baseline, "cmd.exe", child)));

        async Task SwapAsync()
        {
            await traffic.HasBegunAsync();
            var (published, _) = await models.PublishAsync(NewVersion, Packages.Of(NewVersion), token);
            Assert.True(await models.MoveAsync(await models.ReadPointerAsync(null, token), published, token));
            await UntilAsync(() => _log.Any(line => line.Contains($"Scoring with model {NewVersion}", StringComparison.Ordinal)), token);
        }
    }

    private static List<(string Partition, string Child, string Version)> Detected(AppRun run) =>
    [
        .. run.Detections.Where(d => AppRun.Rules(d).Contains("unusual-process-by-parent")).Select(d =>
        {
            var finding = JsonDocument.Parse(d.Body).RootElement;
            var data = finding.GetProperty("evidences")[0].GetProperty("data");
            return (
                finding.GetProperty("unmapped").GetProperty("changeling").GetProperty("partition").GetString()!,
                data.GetProperty("rarity").GetProperty("child").GetString()!,
                data.GetProperty("prediction").GetProperty("model").GetString()!);
        }),
    ];

    private async Task UntilAsync(Func<bool> holds, CancellationToken token)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 600, string.Join('\n', _log));
            await Task.Delay(50, token);
        }
    }

    private async Task UploadAsync(string name, byte[] bytes, CancellationToken token) =>
        await new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString }).Blobs()
            .GetBlobContainerClient(ModelBlobs.Container).GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, token);

    /// <summary>What is sent, and how much of it.</summary>
    private sealed class Traffic
    {
        /// <summary>So many ordinary launches make a child rare.</summary>
        private const int Ordinary = 700;

        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _partitions;

        public ConcurrentDictionary<string, int> Sent { get; } = new(StringComparer.Ordinal);

        /// <summary>Both partitions are past their first attack.</summary>
        public Task HasBegunAsync() => _begun.Task;

        /// <summary>Ordinary launches until the new model scores, with an attack in front of and behind that moment.</summary>
        public PartitionFeed Feed(string partition, Task swapped, CancellationToken token) =>
            new(new EventPartition("telemetry", partition), UntilSwappedAsync(partition, swapped, token));

        public PartitionFeed Attack(string partition, string child) => new(
            new EventPartition("telemetry", partition),
            Enumerable.Range(0, Ordinary)
                .Select(i => Launch(partition, i, "conhost.exe", "conhost.exe 0x4"))
                .Append(Dump(partition, Ordinary, child))
                .ToAsyncEnumerable());

        private async IAsyncEnumerable<TelemetryMessage> UntilSwappedAsync(
            string partition, Task swapped, [EnumeratorCancellation] CancellationToken token)
        {
            var number = 0L;
            while (number < Ordinary) yield return Launch(partition, number++, "conhost.exe", "conhost.exe 0x4");
            yield return Dump(partition, number++, "before.exe");

            // A batch is sent when it is full: with the next one the attack is scored.
            for (var i = 0; i < 2 * BatchSize; i++) yield return Launch(partition, number++, "conhost.exe", "conhost.exe 0x4");
            if (Interlocked.Increment(ref _partitions) == 2) _begun.SetResult();
            while (!swapped.IsCompleted)
            {
                token.ThrowIfCancellationRequested();
                yield return Launch(partition, number++, "conhost.exe", "conhost.exe 0x4");
            }

            for (var i = 0; i < 2 * BatchSize; i++) yield return Launch(partition, number++, "conhost.exe", "conhost.exe 0x4");
            yield return Dump(partition, number, "after.exe");
        }

        private TelemetryMessage Dump(string partition, long number, string child) =>
            Launch(partition, number, child, $@"C:\Windows\Temp\{child} -accepteula -ma lsass.exe C:\Windows\Temp\l.dmp");

        private TelemetryMessage Launch(string partition, long number, string child, string commandLine)
        {
            Sent.AddOrUpdate(child, 1, (_, count) => count + 1);
            return Message(
                number, Record("cmd.exe", child, commandLine, guid: $"{{8d3f21b6-5c43-690a-{partition.PadLeft(4, '0')}-{number:d12}}}"));
        }
    }
}
