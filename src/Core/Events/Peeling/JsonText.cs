using System.Buffers;
using System.Text;
using Changeling.Events.Json;

namespace Changeling.Events.Peeling;

/// <summary>Parses text that may not be JSON, without throwing.</summary>
internal static class JsonText
{
    /// <summary>The value, to be disposed of by the caller; <see langword="null"/> if the text is not exactly one JSON value.</summary>
    public static JsonRows? TryParse(ReadOnlyMemory<byte> json, int maxDepth) => JsonRows.TryParse(json, maxDepth);

    /// <summary>JSON inside a JSON text, as Logstash, Logic Apps and some exports send it; without the NUL that may end it.</summary>
    public static ReadOnlyMemory<byte> Inside(JsonValue text) => SurrogateEscapes.Repair(text.Bytes.TrimEnd((byte)0));

    /// <summary>The text from its first character that is no white space.</summary>
    public static ReadOnlyMemory<byte> WithoutBlanks(ReadOnlyMemory<byte> text)
    {
        while (Rune.DecodeFromUtf8(text.Span, out var rune, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            text = text[length..];
        return text;
    }

    /// <summary>Why the text is not one JSON value, as one of <see cref="DeadLetterReasons"/>.</summary>
    public static string Fault(ReadOnlyMemory<byte> json, int maxDepth) =>
        JsonDepth.Exceeds(json.Span, maxDepth) ? DeadLetterReasons.TooDeep : DeadLetterReasons.NotJson;
}
