using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Benchmarking.Measuring;

namespace Changeling.Benchmarking;

/// <summary>The results as one JSON object on one line, with a property for each stage.</summary>
public static class BenchJson
{
    private const int Digits = 3;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the results.</summary>
    public static string Write(IReadOnlyList<StageResult> results)
    {
        var json = new JsonObject();
        foreach (var result in results) json[result.Name] = Of(result);
        return json.ToJsonString(Plain);
    }

    private static JsonObject Of(StageResult result)
    {
        var json = new JsonObject
        {
            ["events"] = result.Events,
            ["repetitions"] = result.Repetitions,
            ["clock"] = result.IsThreadTime ? "thread" : "elapsed",
            ["events_per_second"] = Rounded(result.EventsPerSecond.Median),
            ["events_per_second_range"] = Range(result.EventsPerSecond),
            ["microseconds_per_event"] = Rounded(result.MicrosecondsPerEvent.Median),
            ["microseconds_per_event_range"] = Range(result.MicrosecondsPerEvent),
            ["allocated_bytes_per_event"] = result.AllocatedBytesPerEvent is { } bytes ? Rounded(bytes) : null,
        };
        foreach (var (key, value) in result.More) json[key] = Rounded(value);
        if (result.ByPartitions.Count == 0) return json;

        var partitions = new JsonObject();
        foreach (var (number, part) in result.ByPartitions)
            partitions[FormattableString.Invariant($"{number}")] = Of(part with { ByPartitions = new Dictionary<int, StageResult>() });
        json["partitions"] = partitions;
        return json;
    }

    private static JsonArray Range(Figure figure) => [Rounded(figure.Least), Rounded(figure.Most)];

    private static double Rounded(double value) => Math.Round(value, Digits);
}
