using System.Net;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>What the host makes of an answer (section 1.6).</summary>
/// <param name="Verdict">Success, failure, or an invocation that stays open.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Outputs">The events for the <c>detections</c> hub.</param>
/// <param name="Logs">The lines to log.</param>
internal sealed record HandlerAnswer(Verdict Verdict, string? Failure, IReadOnlyList<ReadOnlyMemory<byte>> Outputs, IReadOnlyList<string> Logs)
{
    private static readonly HandlerAnswer Open = new(Verdict.NeverCompletes, null, [], []);

    /// <summary>Reads a whole answer.</summary>
    public static async Task<HandlerAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Row 6: outputs in the body of a refusal are ignored.
        if (!response.IsSuccessStatusCode) return Failed($"the app answered {(int)response.StatusCode}");

        // Row 2: an empty body deserializes to nothing, whatever its type, and nobody completes the invocation.
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (body.Length == 0 || response.StatusCode == HttpStatusCode.NoContent) return Open;

        // Row 3.
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not ("application/json" or "text/json")) return Failed($"the answer's content type is {type ?? "missing"}, not application/json");
        return Read(body);
    }

    private static HandlerAnswer Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var answer = document.RootElement;
            if (answer.ValueKind == JsonValueKind.Null) return Open;
            if (answer.ValueKind != JsonValueKind.Object) return Failed($"the answer is a JSON {answer.ValueKind}, not an object");
            return ReadLogs(answer) is { } logs
                ? new HandlerAnswer(Verdict.Success, null, DetectionsOutput.Read(TopLevel(answer, "Outputs")), logs)
                : Failed("Logs holds something else than strings");
        }
        catch (JsonException)
        {
            return Failed("the answer is not JSON");
        }
    }

    /// <summary>Row 4: anything but strings in <c>Logs</c> fails the invocation.</summary>
    private static List<string>? ReadLogs(JsonElement answer)
    {
        if (TopLevel(answer, "Logs") is not { ValueKind: not JsonValueKind.Null } logs) return [];
        if (logs.ValueKind != JsonValueKind.Array) return null;
        var lines = logs.EnumerateArray().ToList();
        return lines.TrueForAll(line => line.ValueKind == JsonValueKind.String) ? lines.ConvertAll(line => line.GetString()!) : null;
    }

    /// <summary>The three top-level names match in any case.</summary>
    private static JsonElement? TopLevel(JsonElement answer, string name)
    {
        foreach (var property in answer.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    private static HandlerAnswer Failed(string failure) => new(Verdict.Failed, failure, [], []);
}

/// <summary>What becomes of an invocation.</summary>
internal enum Verdict
{
    /// <summary>Outputs are sent, logs written.</summary>
    Success,

    /// <summary>The invocation failed; the retry policy decides.</summary>
    Failed,

    /// <summary>The host waits until the function timeout.</summary>
    NeverCompletes,
}
