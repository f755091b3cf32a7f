using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Changeling.Functions.Tests.Infra;

/// <summary>
/// The Bicep compiler as one process that answers JSON-RPC on its standard input and output. A process for each call takes four
/// seconds, nearly all of them for starting. One call at a time.
/// </summary>
internal sealed class BicepServer : IAsyncDisposable
{
    private const string Length = "Content-Length: ";

    private readonly Process _process;
    private readonly SemaphoreSlim _one = new(1);
    private int _calls;

    private BicepServer(Process process) => _process = process;

    public static BicepServer Start(string bicep) =>
        new(Process.Start(new ProcessStartInfo(bicep, ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        })!);

    /// <summary>Calls a method: <c>bicep/compile</c>, <c>bicep/getSnapshot</c>.</summary>
    /// <returns>The result.</returns>
    public async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        await _one.WaitAsync();
        try
        {
            var id = ++_calls;
            await WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
            var answer = await ReadAsync();
            Assert.True(answer["error"] is null, answer["error"]?.ToJsonString());
            Assert.Equal(id, answer["id"]!.GetValue<int>());
            return answer["result"]!.AsObject();
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _one.Dispose();
    }

    private async Task WriteAsync(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        var stream = _process.StandardInput.BaseStream;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Length}{body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n"));
        await stream.WriteAsync(body);
        await stream.FlushAsync();
    }

    private async Task<JsonObject> ReadAsync()
    {
        var stream = _process.StandardOutput.BaseStream;
        var size = 0;
        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            if (line.StartsWith(Length, StringComparison.OrdinalIgnoreCase))
                size = int.Parse(line.AsSpan(Length.Length), CultureInfo.InvariantCulture);
        }

        var body = new byte[size];
        await stream.ReadExactlyAsync(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}
