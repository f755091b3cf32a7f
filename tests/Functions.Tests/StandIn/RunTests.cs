using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>Batches, retries and checkpoints (section 1.8 of the contract).</summary>
public class RunTests
{
    private const string Json = "application/json";
    private const string Fine = """{"Outputs":{"detections":["d"]}}""";

    [Fact]
    public async Task A_batch_that_fails_twice_comes_back_as_a_new_invocation_with_the_same_events()
    {
        await using var handler = await OddHandler.StartAsync((n, c) => OddHandler.AnswerAsync(c, n < 2 ? 500 : 200, Json, n < 2 ? "{}" : Fine));
        await using var host = handler.Host();

        var report = await host.RunAsync([Batches.Feed("0", 3)], null, Token);

        var requests = handler.Requests.ToList();
        Assert.Equal(new RunReport(3, 1, 2, 0, 0), report);
        Assert.Equal(3, requests.Select(r => r.InvocationId).Distinct().Count());
        Assert.Single(requests.Select(r => Part(r.Body, "Data")).Distinct());
        Assert.Equal([0, 1, 2], requests.Select(r => JsonNode.Parse(r.Body)!["Metadata"]!["RetryContext"]!["RetryCount"]!.GetValue<int>()));
        Assert.Contains("the app answered 500", Part(requests[1].Body, "Metadata"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checkpoint_moves_with_each_batch_and_the_next_run_goes_on_from_there()
    {
        await using var handler = await OddHandler.StartAsync(200, Json, Fine);
        await using var host = handler.Host(o => o with { MaxEventBatchSize = 2 });
        var partition = new EventPartition("telemetry", "0");

        var first = await host.RunAsync([Batches.Feed("0", 5)], null, Token);
        var second = await host.RunAsync([Batches.Feed("0", 6)], null, Token);

        Assert.Equal((5, 3), (first.Messages, first.Batches));
        Assert.Equal((1, 1), (second.Messages, second.Batches));
        Assert.Equal(4, host.Detections.Count);
        Assert.Equal(5, host.Checkpoints.Of(partition));
    }

    [Fact]
    public async Task When_the_retries_are_used_up_the_checkpoint_moves_on_and_the_batch_is_lost()
    {
        using var folder = new AppFolderCopy(function => function["retry"] = new JsonObject
        {
            ["strategy"] = "fixedDelay",
            ["maxRetryCount"] = 2,
            ["delayInterval"] = "00:00:01",
        });
        await using var handler = await OddHandler.StartAsync((n, c) => OddHandler.AnswerAsync(c, n < 3 ? 503 : 200, Json, "{}"));
        await using var host = handler.Host(o => o with { AppFolder = folder.Path, MaxEventBatchSize = 1 });

        var report = await host.RunAsync([Batches.Feed("0", 2)], null, Token);

        Assert.Equal(new RunReport(2, 2, 3, 1, 0), report);
    }

    [Fact]
    public async Task Without_a_retry_policy_a_failed_batch_is_lost_at_once()
    {
        using var folder = new AppFolderCopy(function => function.Remove("retry"));
        await using var handler = await OddHandler.StartAsync(500, Json, "{}");
        await using var host = handler.Host(o => o with { AppFolder = folder.Path });

        var report = await host.RunAsync([Batches.Feed("0", 2)], null, Token);

        Assert.Equal(1, report.LostBatches);
        Assert.DoesNotContain("RetryContext", handler.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_a_failed_attempt_although_the_app_has_done_its_work()
    {
        var lost = 0;
        await using var handler = await OddHandler.StartAsync(200, Json, Fine);
        await using var host = handler.Host(o => o with { Arrives = invocation => invocation.RetryCount > 0 || Interlocked.Increment(ref lost) > 1 });

        var report = await host.RunAsync([Batches.Feed("0", 2)], null, Token);

        Assert.Equal(1, report.FailedAttempts);
        Assert.Equal(2, handler.Requests.Count);
        Assert.Single(host.Detections);
    }

    [Fact]
    public async Task Partitions_run_in_parallel_and_each_has_one_batch_at_a_time()
    {
        var inFlight = new ConcurrentDictionary<string, int>();
        var both = new Barrier(2);
        await using var handler = await OddHandler.StartAsync(async (n, context) =>
        {
            // The first batch of each partition waits for the other's: run one after the other, they would never meet.
            if (n < 2) await Task.Run(() => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(15))));
            await OddHandler.AnswerAsync(context, 200, Json, "{}");
        });
        await using var host = handler.Host(o => o with
        {
            MaxEventBatchSize = 1,
            Sending = i => { Assert.Equal(1, inFlight.AddOrUpdate(i.Batch.Partition.Id, 1, (_, n) => n + 1)); return default; },
            Arrives = i => { inFlight.AddOrUpdate(i.Batch.Partition.Id, 0, (_, n) => n - 1); return true; },
        });

        var report = await host.RunAsync([Batches.Feed("0", 4), Batches.Feed("1", 4)], null, Token);

        Assert.Equal(new RunReport(8, 8, 0, 0, 0), report);
    }

    [Fact]
    public async Task The_request_looks_like_the_hosts()
    {
        Microsoft.AspNetCore.Http.HttpRequest? seen = null;
        string? coding = null, type = null, agent = null;
        await using var handler = await OddHandler.StartAsync((_, context) =>
        {
            seen = context.Request;
            (coding, type, agent) = (seen.Headers.TransferEncoding, seen.ContentType, seen.Headers.UserAgent);
            return OddHandler.AnswerAsync(context, 200, Json, "{}");
        });
        await using var host = handler.Host();

        await host.InvokeAsync(Batches.Of("3", 2), Token);

        Assert.Equal(("chunked", "application/json; charset=utf-8", "Azure-Functions-Host/4.1052.200"), (coding, type, agent));
        var sent = JsonNode.Parse(handler.Requests.Single().Body)!.AsObject();
        var golden = JsonNode.Parse(Envelope.Golden)!.AsObject();
        Assert.Equal(Shape(golden), Shape(sent));
        Assert.Equal("[\"eyJpZCI6MH0=\",\"eyJpZCI6MX0=\"]", sent["Data"]!["telemetry"]!.GetValue<string>());
        Assert.Equal("[\"2026-11-24T08:30:15.12\",\"2026-11-24T08:30:15.121\"]", sent["Metadata"]!["EnqueuedTimeUtcArray"]!.GetValue<string>());
        Assert.Contains("\"SequenceNumberArray\":\"[0,1]\"", handler.Requests.Single().Body, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Part(string body, string name) => JsonNode.Parse(body)![name]!.ToJsonString();

    /// <summary>Names and kinds of all that is outside the inner JSON texts.</summary>
    private static IEnumerable<string> Shape(JsonNode? node, string path = "") => node is JsonObject members
        ? members.OrderBy(m => m.Key, StringComparer.Ordinal).SelectMany(m => Shape(m.Value, $"{path}/{m.Key}"))
        : [$"{path} {node?.GetValueKind() ?? JsonValueKind.Null}"];
}
