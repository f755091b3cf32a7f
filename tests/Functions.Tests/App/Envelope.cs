using System.Text.Json;
using System.Text.Json.Nodes;

namespace Changeling.Functions.Tests.App;

/// <summary>The golden request, and small changes to it.</summary>
internal static class Envelope
{
    public static string Golden => GoldenFile.Read("two-events.request.json");

    public static string With(Action<JsonObject> change)
    {
        var envelope = JsonNode.Parse(Golden)!.AsObject();
        change(envelope);
        return envelope.ToJsonString();
    }

    public static string WithMetadata(Action<JsonObject> change) => With(envelope => change(envelope["Metadata"]!.AsObject()));

    /// <summary>A request with bodies of the test's own.</summary>
    public static string Of(string partition, params byte[][] bodies) => With(envelope =>
    {
        envelope["Data"]!["telemetry"] = JsonSerializer.Serialize(bodies.Select(Convert.ToBase64String));
        var metadata = envelope["Metadata"]!;
        metadata["TriggerPartitionContext"]!["PartitionId"] = partition;
        metadata["SequenceNumberArray"] = JsonSerializer.Serialize(bodies.Select((_, i) => 100 + i));
        metadata["EnqueuedTimeUtcArray"] = JsonSerializer.Serialize(bodies.Select(_ => "2026-11-24T08:30:15.123"));
    });
}
