using System.Text;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>Turns what <c>Outputs.detections</c> holds into the events that the host sends (section 1.7).</summary>
internal static class DetectionsOutput
{
    private const string Binding = "detections";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Keys inside <c>Outputs</c> match exactly; others are ignored.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(JsonElement? outputs)
    {
        if (outputs is not { ValueKind: JsonValueKind.Object } names || !names.TryGetProperty(Binding, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(ToEvent)],
            JsonValueKind.String => Single(value.GetString()!),
            _ => [ToEvent(value)],
        };
    }

    /// <summary>A string goes as it is; an object is written anew, indented.</summary>
    private static ReadOnlyMemory<byte> ToEvent(JsonElement element) =>
        Encoding.UTF8.GetBytes(element.ValueKind == JsonValueKind.String ? element.GetString()! : JsonSerializer.Serialize(element, Indented));

    /// <summary>A single string is tried as base64 first, then as an array.</summary>
    private static IReadOnlyList<ReadOnlyMemory<byte>> Single(string text)
    {
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var written)) return [bytes.AsMemory(0, written)];
        if (!text.StartsWith('[')) return [Encoding.UTF8.GetBytes(text)];

        using var array = JsonDocument.Parse(text);
        return [.. array.RootElement.EnumerateArray().Select(ToEvent)];
    }
}
