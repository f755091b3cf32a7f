using Changeling.HostStandIn;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>What the stand-in makes of each kind of answer: the table of section 1.6 of the contract.</summary>
public class VerdictTests
{
    private const string Json = "application/json; charset=utf-8";

    [Theory]
    [InlineData(200, Json, """{"Outputs":{"detections":["a","b"]},"Logs":["x"],"ReturnValue":null}""", 2)]
    [InlineData(201, Json, """{"outputs":{"detections":["a"]},"logs":["x"]}""", 1)]
    [InlineData(202, "text/json", "{}", 0)]
    [InlineData(200, Json, """{"Outputs":null,"Logs":null}""", 0)]
    [InlineData(200, Json, """{"Outputs":{"Detections":["a"],"other":["b"]}}""", 0)]
    [InlineData(200, Json, """{"Outputs":{"detections":null}}""", 0)]
    public async Task A_2xx_with_a_JSON_object_succeeds(int status, string type, string body, int detections)
    {
        var result = await InvokeAsync(status, type, body);

        Assert.True(result.Succeeded, result.Failure);
        Assert.Equal(detections, result.Detections.Count);
    }

    [Theory]
    [InlineData(200, "text/plain", "{}")]
    [InlineData(200, "application/problem+json", "{}")]
    [InlineData(200, null, "{}")]
    [InlineData(200, Json, "{\"Outputs\":")]
    [InlineData(200, Json, "[]")]
    [InlineData(200, Json, "\"done\"")]
    [InlineData(200, Json, """{"Logs":["x",5]}""")]
    [InlineData(200, Json, """{"Logs":"x"}""")]
    [InlineData(400, Json, """{"Outputs":{"detections":["a"]}}""")]
    [InlineData(503, Json, """{"error":"wait"}""")]
    public async Task Anything_else_fails_and_sends_nothing(int status, string? type, string body)
    {
        var result = await InvokeAsync(status, type, body);

        Assert.False(result.Succeeded);
        Assert.Empty(result.Detections);
    }

    [Theory]
    [InlineData(200, Json, "")]
    [InlineData(200, "text/plain", "")]
    [InlineData(200, Json, "null")]
    [InlineData(204, null, "")]
    public async Task A_2xx_without_an_object_hangs_until_the_function_timeout_which_kills_the_app(int status, string? type, string body)
    {
        await using var handler = await OddHandler.StartAsync(status, type, body);
        await using var host = handler.Host(o => o with { FunctionTimeout = TimeSpan.FromMilliseconds(300) });

        var result = await host.InvokeAsync(Batches.Of("0", 1), TestContext.Current.CancellationToken);

        Assert.Contains("timed out", result.Failure, StringComparison.Ordinal);
        Assert.Equal(1, host.Restarts);
    }

    [Theory]
    [InlineData("""["{\"a\":1}","plain"]""", "{\"a\":1}|plain")]
    [InlineData("""[{"a":1}]""", "{\n  \"a\": 1\n}")]
    [InlineData("\"abcd\"", "i\u00b7\u001d")]
    [InlineData("\"[\\\"x\\\",\\\"y\\\"]\"", "x|y")]
    [InlineData("\"just some text!\"", "just some text!")]
    [InlineData("""{"a":1}""", "{\n  \"a\": 1\n}")]
    [InlineData("[]", "")]
    public async Task Outputs_become_events_as_the_binding_converts_them(string detections, string expected)
    {
        var result = await InvokeAsync(200, Json, $"{{\"Outputs\":{{\"detections\":{detections}}}}}");

        Assert.Equal(expected, string.Join('|', result.Detections.Select(d => System.Text.Encoding.Latin1.GetString(d.Span))));
    }

    [Fact]
    public async Task An_event_above_one_MB_fails_and_what_was_sent_before_stays_sent()
    {
        var large = new string('x', (1024 * 1024) + 1);

        var result = await InvokeAsync(200, Json, $$$"""{"Outputs":{"detections":["small","{{{large}}}","after"]}}""");

        Assert.False(result.Succeeded);
        Assert.Single(result.Detections);
    }

    private static async Task<InvocationResult> InvokeAsync(int status, string? type, string body)
    {
        await using var handler = await OddHandler.StartAsync(status, type, body);
        await using var host = handler.Host();
        return await host.InvokeAsync(Batches.Of("0", 1), TestContext.Current.CancellationToken);
    }
}
