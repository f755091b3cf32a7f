using System.Text.Json;
using Changeling.Functions.Models;
using Changeling.Functions.ScoreTelemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>Whatever happens, the host gets a JSON object with a status that it understands (section 1.6).</summary>
public class AnswerTests
{
    public static TheoryData<string, string> Damaged => new()
    {
        { "is not the JSON", "{\"Data\":" },
        { "body must be a JSON object", "[]" },
        { "Data.telemetry", Envelope.With(e => e["Data"]!.AsObject().Remove("telemetry")) },
        { "Data.telemetry", Envelope.With(e => e.Remove("Data")) },
        { "Data.telemetry must be a JSON string", Envelope.With(e => e["Data"]!["telemetry"] = 5) },
        { "Data.telemetry[1] is not base64", Envelope.With(e => e["Data"]!["telemetry"] = "[\"YQ==\",\"%%%\"]") },
        { "Data.telemetry[0] is not base64", Envelope.With(e => e["Data"]!["telemetry"] = "[{\"id\":1}]") },
        { "is not the JSON", Envelope.With(e => e["Data"]!["telemetry"] = "[\"YQ==\"") },
        { "TriggerPartitionContext", Envelope.WithMetadata(m => { m.Remove("TriggerPartitionContext"); m.Remove("PartitionContext"); }) },
        { "TriggerPartitionContext", Envelope.With(e => e.Remove("Metadata")) },
        { "SequenceNumberArray", Envelope.WithMetadata(m => m.Remove("SequenceNumberArray")) },
        { "EnqueuedTimeUtcArray", Envelope.WithMetadata(m => m.Remove("EnqueuedTimeUtcArray")) },
        { "SequenceNumberArray", Envelope.WithMetadata(m => m["SequenceNumberArray"] = "[1]") },
        { "SequenceNumberArray is damaged", Envelope.WithMetadata(m => m["SequenceNumberArray"] = "[1,\"two\"]") },
        { "EnqueuedTimeUtcArray is damaged", Envelope.WithMetadata(m => m["EnqueuedTimeUtcArray"] = "[\"yesterday\",\"today\"]") },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task A_damaged_request_is_a_500_that_names_what_is_missing(string named, string request)
    {
        var called = false;
        await using var app = await InProcessApp.StartAsync((_, _, _) => { called = true; return Task.FromResult(Outcomes.With()); });

        var error = await ErrorOfAsync(app.Client.PostAsync(new Uri("/ScoreTelemetry", UriKind.Relative), new StringContent(request), Token), 500);

        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.False(called);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503_with_its_sentence()
    {
        var error = await FailAsync((_, _, _) => throw new StoreUnavailableException("Table lineage does not answer: wait."), 503);

        Assert.Equal("Table lineage does not answer: wait.", error);
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_500_that_quotes_no_event()
    {
        var error = await FailAsync((_, _, _) => throw new FormatException("secret of an event"), 500);

        Assert.Equal("The batch failed with FormatException.", error);
    }

    [Fact]
    public async Task Without_a_model_a_batch_is_a_503()
    {
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()), new NoModel());

        await ErrorOfAsync(app.Client.PostAsync(new Uri("/ScoreTelemetry", UriKind.Relative), new StringContent(Envelope.Golden), Token), 503);
    }

    [Theory]
    [InlineData("POST", "/NoSuchFunction", 404)]
    [InlineData("POST", "/ScoreTelemetry/more", 404)]
    [InlineData("GET", "/ScoreTelemetry", 405)]
    [InlineData("PUT", "/ScoreTelemetry", 405)]
    [InlineData("POST", "/", 405)]
    public async Task A_wrong_path_or_method_is_a_JSON_object_too(string method, string path, int status)
    {
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        await ErrorOfAsync(app.Client.SendAsync(request, Token), status);
    }

    [Fact]
    public async Task The_ping_is_answered_without_a_model_and_without_storage()
    {
        await using var app = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()), new NoModel());

        var body = await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), Token);

        Assert.Equal("""{"status":"listening","model":null}""", body);
    }

    [Fact]
    public async Task An_aborted_request_leaves_the_app_well()
    {
        var entered = new TaskCompletionSource();
        await using var app = await InProcessApp.StartAsync(async (_, _, token) =>
        {
            if (entered.TrySetResult()) await Task.Delay(Timeout.Infinite, token);
            return Outcomes.With();
        });
        using var abort = new CancellationTokenSource();

        var first = app.Client.PostAsync(new Uri("/ScoreTelemetry", UriKind.Relative), new StringContent(Envelope.Golden), abort.Token);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var (status, _) = await app.PostAsync(Envelope.Golden);
        Assert.Equal(200, status);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string> FailAsync(ProcessBatch process, int status)
    {
        await using var app = await InProcessApp.StartAsync(process);
        return await ErrorOfAsync(app.Client.PostAsync(new Uri("/ScoreTelemetry", UriKind.Relative), new StringContent(Envelope.Golden), Token), status);
    }

    private static async Task<string> ErrorOfAsync(Task<HttpResponseMessage> sending, int status)
    {
        using var answer = await sending;
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return body.RootElement.GetProperty("error").GetString()!;
    }

    private sealed class NoModel : ISnapshotSource
    {
        public PipelineSnapshot Current => throw new StoreUnavailableException("The model is not loaded yet.");

        public string? ModelVersion => null;
    }
}
