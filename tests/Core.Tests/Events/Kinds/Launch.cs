using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>Golden launches as JSON that a test changes.</summary>
internal static class Launch
{
    /// <summary>The senders whose messages are JSON.</summary>
    public static TheoryData<string> JsonSenders => [.. GoldenLaunch.Messages.Where(m => m.Value[0] == '{').Select(m => m.Key)];

    /// <summary>The senders of Windows events that name the event's own fields in JSON.</summary>
    public static TheoryData<string> NamedSenders =>
    [
        "flat-windows.nxlog", "flat-windows.security-event", "fluentbit.map", "la-windowsevent", "winevent-json", "winlogbeat",
        "winlogbeat-6",
    ];

    /// <summary>The one record of a sender's message.</summary>
    public static JsonObject Record(string sender)
    {
        var root = JsonNode.Parse(GoldenLaunch.Messages[sender])!.AsObject();
        return root["records"] is JsonArray records ? records[0]!.DeepClone().AsObject() : root;
    }

    /// <summary>The object that holds the event's own fields.</summary>
    public static JsonObject Data(JsonObject record) => (
        record["winlog"]?["event_data"] ?? record["event_data"] ?? record["EventData"] ?? record["EventDataMap"]
            ?? (record["Event"] ?? record)["EventData"] ?? record).AsObject();

    /// <summary>Every object and array in the record, the record itself first.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(property => property.Value).SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    /// <summary>Moves a field, if it is there, to a dotted path of nested objects.</summary>
    public static bool Move(JsonObject from, string name, JsonObject record, string path)
    {
        if (from[name] is not { } value) return false;
        from.Remove(name);
        Set(record, path, value.DeepClone());
        return true;
    }

    /// <summary>Sets a value in nested objects.</summary>
    public static void Set(JsonObject record, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (record[part] is not JsonObject) record[part] = new JsonObject();
            record = record[part]!.AsObject();
        }

        record[parts[^1]] = value;
    }

    /// <summary>Fails unless the text is read as the golden launch, and in the format, where one is given.</summary>
    public static ProcessEvent AssertRead(string body, string? format = null)
    {
        var outcome = Assert.Single(Reading.All(body));
        Assert.True(outcome is RecordOutcome.Read, $"{outcome} of {body}");
        var read = ((RecordOutcome.Read)outcome).Event;
        GoldenEvent.AssertSame(read);
        if (format is not null) Assert.Equal(format, read.Format);
        return read;
    }

    /// <summary>As JSON text inside a text.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
