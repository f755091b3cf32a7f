using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Core.Tests.Events.Json;

/// <summary>Values as text, the same for both kinds of documents if they are the same.</summary>
internal static class AsText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(p => $"{p.Name}={Of(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Of))}]",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };

    public static string Of(JsonValue value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.Children.Select(p => $"{p.Name}={Of(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.Children.Values.Select(Of))}]",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
