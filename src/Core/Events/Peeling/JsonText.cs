using System.Text;
using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>Parses JSON that may be none, without letting an exception out.</summary>
internal static class JsonText
{
    /// <summary>The one value that the text is, to be disposed of; else <see langword="null"/>.</summary>
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

    /// <summary>JSON inside a JSON text, as Logstash, Logic Apps and some exports send it.</summary>
    public static ReadOnlyMemory<byte> Inside(JsonElement text) => SurrogateEscapes.Repair(Encoding.UTF8.GetBytes(text.GetString() ?? ""));

    /// <summary>Why the text is not one value, in words of <see cref="DeadLetterReasons"/>.</summary>
    public static string Fault(ReadOnlyMemory<byte> json, int maxDepth) =>
        JsonDepth.Exceeds(json.Span, maxDepth) ? DeadLetterReasons.TooDeep : DeadLetterReasons.NotJson;
}
