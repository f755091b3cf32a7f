using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>One batch of everything that must not stop a partition, through the running app.</summary>
public class HostileBatchTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 180_000)]
    public async Task A_batch_of_hostile_bodies_is_answered_its_good_events_are_counted_and_the_rest_is_kept_with_reasons()
    {
        var baseline = AzuriteFixture.UniqueName("hostile");
        var partition = new EventPartition(AzuriteFixture.UniqueName("hub"), "7");
        await using var run = await app.StartAsync(baseline);
        byte[][] bodies =
        [
            "this is no json"u8.ToArray(),
            Gzip(Record("parent.exe", "gzipped.exe")),
            [],
            InvalidUtf8(Record("parent.exe", "latin.exe", "caf# latte")),
            Encoding.ASCII.GetBytes(new string('[', 10_000) + new string(']', 10_000)),
            Record("parent.exe", "huge.exe", "huge.exe " + new string('a', 1024 * 1024)),
            Record("parent.exe", "plain.exe"),
        ];

        var result = await run.Host.InvokeAsync(
            new EventBatch(partition, [.. bodies.Select((body, i) => Message(i, body))]), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Failure);
        foreach (var child in new[] { "gzipped.exe", "latin.exe", "huge.exe", "plain.exe" })
        {
            Assert.Equal(1, await TableRows.LaunchesAsync(app.ConnectionString, baseline, "parent.exe", child));
        }

        Assert.Equal([(0, "not_json"), (2, "empty"), (4, "too_deep")], await DeadLettersAsync(partition));
    }

    private async Task<List<(int SequenceNumber, string Reason)>> DeadLettersAsync(EventPartition partition)
    {
        var container = new BlobContainerClient(app.ConnectionString, DeadLetterBlobs.Container);
        var letters = new List<(int, string)>();
        await foreach (
            var blob in container.GetBlobsAsync(
                Azure.Storage.Blobs.Models.BlobTraits.None,
                Azure.Storage.Blobs.Models.BlobStates.None,
                partition.Hub + "/",
                TestContext.Current.CancellationToken))
        {
            var content = (
                await container.GetBlobClient(blob.Name).DownloadContentAsync(
                    TestContext.Current.CancellationToken)).Value.Content.ToString();
            foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = JsonDocument.Parse(line);
                letters.Add(
                    (json.RootElement.GetProperty("sequence_number").GetInt32(), json.RootElement.GetProperty("reason").GetString()!));
            }
        }

        return [.. letters.Order()];
    }

    private static byte[] Gzip(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(body);
        return stream.ToArray();
    }

    /// <summary>Puts the single byte of Latin-1's é in place of the mark: no valid UTF-8.</summary>
    private static byte[] InvalidUtf8(byte[] body) => [.. body.Select(b => b == (byte)'#' ? (byte)0xe9 : b)];
}
