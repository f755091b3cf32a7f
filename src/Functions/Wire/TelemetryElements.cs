using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Changeling.Functions.Wire;

/// <summary>
/// Decodes the inner JSON text, an array of base64 strings, where it lies: decoded bytes are shorter than their text, so
/// each body overwrites the beginning of its own element and no event needs an array of its own.
/// </summary>
internal static class TelemetryElements
{
    /// <summary>Decodes all elements.</summary>
    /// <returns>Where in <paramref name="text"/> each body now lies, in order.</returns>
    /// <exception cref="BadInvocationException">The text is no array of base64 strings.</exception>
    public static List<Range> DecodeInPlace(Span<byte> text)
    {
        var places = new List<Range>();
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw NotBase64("Data.telemetry");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw NotBase64($"Data.telemetry[{places.Count}]");

            // Behind its own position the reader looks at nothing again. An escaped element (the host writes none) is
            // unescaped first, which also only shortens it.
            var start = (int)reader.TokenStartIndex + 1;
            var length = reader.ValueIsEscaped ? Unescape(ref reader, text[start..]) : reader.ValueSpan.Length;
            if (Base64.DecodeFromUtf8InPlace(text.Slice(start, length), out var written) != OperationStatus.Done)
            {
                throw NotBase64($"Data.telemetry[{places.Count}]");
            }

            places.Add(start..(start + written));
        }

        return places;
    }

    private static int Unescape(ref Utf8JsonReader reader, Span<byte> destination)
    {
        var plain = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(plain);
        plain.AsSpan(0, length).CopyTo(destination);
        return length;
    }

    private static BadInvocationException NotBase64(string where) =>
        new($"{where} is not base64: the trigger needs \"cardinality\": \"many\" and \"dataType\": \"binary\" in function.json.");
}
