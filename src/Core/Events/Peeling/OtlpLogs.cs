using System.Buffers;
using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>OpenTelemetry's JSON encoding of logs: the envelope of resources and scopes, and its typed values.</summary>
internal static class OtlpLogs
{
    public static bool IsEnvelope(JsonElement value) => value.Get("resourceLogs"u8).ValueKind == JsonValueKind.Array;

    /// <summary>The log records where the value is an envelope, else the value.</summary>
    public static IEnumerable<JsonElement> Opened(JsonElement value) => IsEnvelope(value) ? Records(value) : [value];

    /// <summary>The log records of an envelope. A part of another shape is given as it is, so that it is not lost.</summary>
    public static IEnumerable<JsonElement> Records(JsonElement envelope) =>
        from resource in envelope.Get("resourceLogs"u8).EnumerateArray()
        from scope in Scopes(resource)
        from record in Elements(scope, "logRecords")
        select record;

    /// <summary>A typed value as plain JSON, to be disposed of: <c>{"kvlistValue": …}</c> becomes an object.</summary>
    public static JsonDocument Plain(JsonElement typed)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        Write(writer, typed);
        writer.Flush();
        return JsonDocument.Parse(json.WrittenMemory);
    }

    /// <summary>Before 2022 the list of scopes had another name.</summary>
    private static IEnumerable<JsonElement> Scopes(JsonElement resource) =>
        Elements(resource, resource.Has("instrumentationLibraryLogs"u8) ? "instrumentationLibraryLogs" : "scopeLogs");

    private static IEnumerable<JsonElement> Elements(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            yield return value;
            yield break;
        }

        foreach (var element in list.EnumerateArray()) yield return element;
    }

    /// <summary>Recursive, but no deeper than the message was allowed to be.</summary>
    private static void Write(Utf8JsonWriter json, JsonElement typed)
    {
        if (typed.Get("kvlistValue"u8).Get("values"u8) is { ValueKind: JsonValueKind.Array } pairs) WriteObject(json, pairs);
        else if (typed.Get("arrayValue"u8).Get("values"u8) is { ValueKind: JsonValueKind.Array } values) WriteArray(json, values);
        else if (Scalar(typed) is { ValueKind: not JsonValueKind.Undefined } scalar) scalar.WriteTo(json);
        else json.WriteNullValue();
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement pairs)
    {
        json.WriteStartObject();
        foreach (var pair in pairs.EnumerateArray())
        {
            if (pair.Get("key"u8) is not { ValueKind: JsonValueKind.String } key) continue;
            json.WritePropertyName(key.GetString()!);
            Write(json, pair.Get("value"u8));
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, JsonElement values)
    {
        json.WriteStartArray();
        foreach (var value in values.EnumerateArray()) Write(json, value);
        json.WriteEndArray();
    }

    /// <summary>64-bit integers are texts in this encoding.</summary>
    private static JsonElement Scalar(JsonElement typed)
    {
        if (typed.Has("stringValue"u8)) return typed.Get("stringValue"u8);
        if (typed.Has("intValue"u8)) return typed.Get("intValue"u8);
        return typed.Has("doubleValue"u8) ? typed.Get("doubleValue"u8) : typed.Get("boolValue"u8);
    }
}
