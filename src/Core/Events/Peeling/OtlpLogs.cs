using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Peeling;

/// <summary>OpenTelemetry's JSON encoding of logs: the envelope of resources and scopes, and its typed values.</summary>
internal static class OtlpLogs
{
    public static bool IsEnvelope(JsonValue value) => value.Get("resourceLogs"u8).ValueKind == JsonValueKind.Array;

    /// <summary>The log records where the value is an envelope, else the value.</summary>
    public static IEnumerable<JsonValue> Opened(JsonValue value) => IsEnvelope(value) ? Records(value) : [value];

    /// <summary>The log records of an envelope. A part of another shape is given as it is, so that it is not lost.</summary>
    public static IEnumerable<JsonValue> Records(JsonValue envelope) =>
        from resource in envelope.Get("resourceLogs"u8).Children.Values
        from scope in Scopes(resource)
        from record in Elements(scope, "logRecords"u8)
        select record;

    /// <summary>A typed value as the value of a property, to be disposed of: <c>{"kvlistValue": …}</c> becomes an object.</summary>
    public static JsonRows Plain(string name, JsonValue typed) => JsonMaker.Object(json => Add(json, name, typed));

    /// <summary>Before 2022 the list of scopes had another name.</summary>
    private static IEnumerable<JsonValue> Scopes(JsonValue resource) =>
        Elements(resource, resource.Has("instrumentationLibraryLogs"u8) ? "instrumentationLibraryLogs"u8 : "scopeLogs"u8);

    private static IEnumerable<JsonValue> Elements(JsonValue value, ReadOnlySpan<byte> name) =>
        value.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.Children.Values : [value];

    /// <summary>Recursive, but no deeper than the message was allowed to be.</summary>
    private static void Add(JsonMaker json, string name, JsonValue typed)
    {
        if (typed.Get("kvlistValue"u8).Get("values"u8) is { ValueKind: JsonValueKind.Array } pairs) AddObject(json, name, pairs);
        else if (typed.Get("arrayValue"u8).Get("values"u8) is { ValueKind: JsonValueKind.Array } values) AddArray(json, name, values);
        else if (Scalar(typed) is { ValueKind: not JsonValueKind.Undefined } scalar) json.Add(name, scalar);
        else json.Add(name, text: null);
    }

    private static void AddObject(JsonMaker json, string name, JsonValue pairs)
    {
        json.BeginObject(name);
        foreach (var pair in pairs.Children.Values)
        {
            if (pair.Get("key"u8) is { ValueKind: JsonValueKind.String } key) Add(json, key.GetString(), pair.Get("value"u8));
        }

        json.End();
    }

    private static void AddArray(JsonMaker json, string name, JsonValue values)
    {
        json.BeginArray(name);
        foreach (var value in values.Children.Values) Add(json, "", value);
        json.End();
    }

    /// <summary>64-bit integers are texts in this encoding.</summary>
    private static JsonValue Scalar(JsonValue typed)
    {
        if (typed.Has("stringValue"u8)) return typed.Get("stringValue"u8);
        if (typed.Has("intValue"u8)) return typed.Get("intValue"u8);
        return typed.Has("doubleValue"u8) ? typed.Get("doubleValue"u8) : typed.Get("boolValue"u8);
    }
}
