using System.Text;
using System.Text.Json.Nodes;
using Changeling.Events;

namespace Changeling.Functions.Tests.App;

/// <summary>What the app makes of the host's requests (sections 1.3 to 1.5 of the contract).</summary>
public class RequestTests
{
    [Fact]
    public async Task A_batch_reaches_the_pipeline_with_partition_numbers_times_and_bodies()
    {
        var (batch, status, _) = await PostAsync(Envelope.Golden);

        Assert.Equal(200, status);
        Assert.Equal(new EventPartition("telemetry", "3"), batch!.Partition);
        Assert.Equal([41207L, 41208L], batch.Messages.Select(m => m.SequenceNumber));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 30, 15, 123, TimeSpan.Zero), batch.Messages[0].EnqueuedTime);
        Assert.Equal(["""{"id":1,"parent":"winword.exe","child":"certutil.exe"}""", """{"id":2,"parent":"services.exe","child":"svchost.exe"}"""], Texts(batch));
    }

    [Fact]
    public async Task The_answer_holds_the_detections_as_strings_and_the_summary_as_log()
    {
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With("""{"title":"Unusual"}""")));

        var (_, body) = await app.PostAsync(Envelope.Golden);

        GoldenFile.AssertEqual("two-events.reply.json", body);
    }

    public static TheoryData<string, string> Variants => new()
    {
        { "offsets as numbers", Envelope.WithMetadata(m => m["OffsetArray"] = "[8589934592,8589934840]") },
        { "only the older name of the partition", Envelope.WithMetadata(m => m.Remove("TriggerPartitionContext")) },
        { "no offset strings", Envelope.WithMetadata(m => m.Remove("OffsetStringArray")) },
        { "no retry context", Envelope.WithMetadata(m => m.Remove("RetryContext")) },
        { "a retry with a deep exception", Envelope.WithMetadata(m => m["RetryContext"]!["Exception"] = Deep(200)) },
        { "a retry context of null", Envelope.WithMetadata(m => m["RetryContext"] = null) },
        { "keys that nobody knows", Envelope.WithMetadata(m => m["Future"] = new JsonArray(1, "two", new JsonObject())) },
        { "metadata before data", Envelope.With(e => { var data = e["Data"]!.DeepClone(); e.Remove("Data"); e["Data"] = data; }) },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Older_and_newer_hosts_are_read_the_same(string variant, string request)
    {
        var (batch, status, body) = await PostAsync(request);

        Assert.True(status == 200, $"{variant}: {body}");
        Assert.Equal(2, batch!.Messages.Count);
    }

    [Fact]
    public async Task Any_bytes_arrive_as_they_were_sent()
    {
        byte[][] bodies = [[], [0, 255, 254, 10], Encoding.UTF8.GetBytes("plain"), [0x1f, 0x8b, 8, 0], new byte[70_000], new byte[2_500_000], [1]];

        var (batch, _, _) = await PostAsync(Envelope.Of("0", bodies));

        Assert.Equal(bodies, batch!.Messages.Select(m => m.Body.ToArray()));
    }

    [Fact]
    public async Task An_element_with_escapes_is_read_too()
    {
        var request = Envelope.With(e => e["Data"]!["telemetry"] = """["QUJ\u0044","a\/8="]""");

        var (batch, status, body) = await PostAsync(request);

        Assert.True(status == 200, body);
        Assert.Equal(["ABC"u8.ToArray(), Convert.FromBase64String("a/8=")], batch!.Messages.Select(m => m.Body.ToArray()));
    }

    [Fact]
    public async Task An_empty_batch_is_answered_without_the_pipeline()
    {
        var (batch, status, body) = await PostAsync(Envelope.Of("7"));

        Assert.Null(batch);
        Assert.Equal(200, status);
        Assert.Equal("""{"Outputs":{"detections":[]},"Logs":["partition 7: 0 events, 0 detections, 0 dead letters"],"ReturnValue":null}""", body);
    }

    [Theory]
    [InlineData("/scoretelemetry")]
    [InlineData("/SCORETELEMETRY")]
    public async Task The_function_is_found_in_any_case(string path)
    {
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()));

        var (status, _) = await app.PostAsync(Envelope.Golden, path);

        Assert.Equal(200, status);
    }

    private static IEnumerable<string> Texts(EventBatch batch) => batch.Messages.Select(m => Encoding.UTF8.GetString(m.Body.Span));

    private static JsonNode Deep(int levels) =>
        JsonNode.Parse(string.Concat(Enumerable.Repeat("{\"InnerException\":", levels)) + "null" + new string('}', levels), documentOptions: new() { MaxDepth = levels + 1 })!;

    /// <summary>The bodies are copied: they are valid during the call only.</summary>
    private static async Task<(EventBatch? Batch, int Status, string Body)> PostAsync(string request)
    {
        EventBatch? seen = null;
        await using var app = await InProcessApp.StartAsync((batch, _, _) =>
        {
            seen = new EventBatch(batch.Partition, [.. batch.Messages.Select(m => m with { Body = m.Body.ToArray() })]);
            return Task.FromResult(Outcomes.With());
        });
        var (status, body) = await app.PostAsync(request);
        return (seen, status, body);
    }
}
