using System.Text;
using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>Parses text that may not be JSON, without throwing.</summary>
internal static class JsonText
{
    /// <summary>The value, to be disposed of by the caller; <see langword="null"/> if the text is not exactly one JSON value.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json, int maxDepth)
    {
        if (json.IsEmpty) return null;
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>JSON inside a JSON text, as Logstash, Logic Apps and some exports send it; without the NUL that may end it.</summary>
    public static ReadOnlyMemory<byte> Inside(JsonElement text) =>
        SurrogateEscapes.Repair(Encoding.UTF8.GetBytes((text.GetString() ?? "").TrimEnd('\0')));

    /// <summary>Why the text is not one JSON value, as one of <see cref="DeadLetterReasons"/>.</summary>
    public static string Fault(ReadOnlyMemory<byte> json, int maxDepth) =>
        JsonDepth.Exceeds(json.Span, maxDepth) ? DeadLetterReasons.TooDeep : DeadLetterReasons.NotJson;
}
