using System.Net;
using System.Text;

namespace Changeling.Functions.Tests.App;

/// <summary>Many batches at once, and very large ones (sections 1.9 and 1.14).</summary>
public class LoadTests
{
    [Fact]
    public async Task Thirty_two_batches_at_once_are_all_answered_and_never_more_than_allowed_are_worked_on()
    {
        int now = 0, most = 0;
        await using var app = await InProcessApp.StartAsync(
            async (batch, _, token) =>
            {
                lock (Counting) most = Math.Max(most, ++now);
                await Task.Delay(20, token);
                lock (Counting) now--;
                return Outcomes.With($"{{\"partition\":\"{batch.Partition.Id}\"}}");
            },
            snapshots: null,
            "Pipeline:ConcurrentBatches=3");

        var bodies = Enumerable.Range(0, 500).Select(i => Encoding.UTF8.GetBytes($"{{\"id\":{i}}}")).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(p => app.PostAsync(Envelope.Of($"{p}", bodies))));

        Assert.All(answers.Index(), answer => Assert.Contains($"partition {answer.Index}: 500 events, 1 detection", answer.Item.Body, StringComparison.Ordinal));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_chunked_upload_of_140_MB_is_read()
    {
        var received = 0L;
        await using var app = await InProcessApp.StartAsync((batch, _, _) =>
        {
            received = batch.Messages.Sum(m => (long)m.Body.Length);
            return Task.FromResult(Outcomes.With());
        });
        using var content = new LargeContent(events: 105, encodedBytesEach: 1_400_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ScoreTelemetry") { Content = content };

        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(105 * 1_050_000L, received);
    }

    private static readonly Lock Counting = new();

    private sealed class LargeContent(int events, int encodedBytesEach) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var encoded = Encoding.ASCII.GetBytes(new string('A', encodedBytesEach));
            await stream.WriteAsync("{\"Data\":{\"telemetry\":\"["u8.ToArray());
            for (var i = 0; i < events; i++)
            {
                await stream.WriteAsync(i == 0 ? "\\\""u8.ToArray() : ",\\\""u8.ToArray());
                await stream.WriteAsync(encoded);
                await stream.WriteAsync("\\\""u8.ToArray());
            }

            var numbers = string.Join(',', Enumerable.Range(0, events));
            var times = string.Join(',', Enumerable.Repeat("\\\"2026-11-24T08:30:15\\\"", events));
            var metadata = "]\"},\"Metadata\":{\"PartitionContext\":{\"EventHubName\":\"telemetry\",\"PartitionId\":\"0\"}," +
                $"\"SequenceNumberArray\":\"[{numbers}]\",\"EnqueuedTimeUtcArray\":\"[{times}]\"}}}}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(metadata));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
