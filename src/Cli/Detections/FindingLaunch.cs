using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Events;

namespace Changeling.Cli.Detections;

/// <summary>
/// The launch that a finding is about. A finding describes it in the words of OCSF's Process Activity, or as an ECS document, so the
/// readers of telemetry read it back.
/// </summary>
internal static class FindingLaunch
{
    private static readonly MessageReader Reader = new(new MessageLimits());

    /// <summary>Reads the launch.</summary>
    /// <returns><see langword="null"/> for a finding about many launches, and for anything else.</returns>
    public static ProcessEvent? Of(JsonElement finding)
    {
        var record = finding.Whole("class_uid") == 2004 ? OfOcsf(finding) : OfEcs(finding);
        return record is null
            ? null
            : Reader.Read(JsonSerializer.SerializeToUtf8Bytes(record)).OfType<RecordOutcome.Read>().FirstOrDefault()?.Event;
    }

    private static JsonObject? OfOcsf(JsonElement finding) => finding.Items("evidences").FirstOrDefault().At("process") is { } process
        ? new JsonObject
        {
            ["class_uid"] = 1007,
            ["activity_id"] = 1,
            ["type_uid"] = 100701,
            ["time"] = Node(finding.At("start_time") ?? finding.At("time")),
            ["metadata"] = Node(finding.At("metadata")),
            ["device"] = Node(finding.At("device")),
            ["process"] = Node(process),
        }
        : null;

    /// <summary>A finding in ECS is an event of the category process already, but for what makes it an alert.</summary>
    private static JsonObject? OfEcs(JsonElement finding)
    {
        if (finding.At("changeling", "evidence") is null || finding.At("process") is null) return null;
        return new JsonObject
        {
            ["@timestamp"] = Node(finding.At("event", "start") ?? finding.At("@timestamp")),
            ["ecs"] = Node(finding.At("ecs")),
            ["event"] = new JsonObject
            {
                ["kind"] = "event",
                ["category"] = new JsonArray("process"),
                ["type"] = new JsonArray("start"),
            },
            ["host"] = Node(finding.At("host")),
            ["user"] = Node(finding.At("user")),
            ["process"] = Node(finding.At("process")),
        };
    }

    private static JsonNode? Node(JsonElement? value) => value is { } known ? JsonNode.Parse(known.GetRawText()) : null;
}
