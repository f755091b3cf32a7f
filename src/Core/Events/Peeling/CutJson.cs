using System.Buffers;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Peeling;

/// <summary>
/// JSON that ends too early, or cannot be read from some point on: what is before that point, made whole. Its time and memory are linear in
/// the number of bytes.
/// </summary>
/// <param name="Text">The part that can be read, with the text that was cut and what closes the open objects and arrays.</param>
/// <param name="Kept">How many bytes of the original stand at the front of <paramref name="Text"/>.</param>
/// <param name="Read">How many bytes of the original were understood; all of them, when it only ended too early.</param>
internal sealed record CutJson(ReadOnlyMemory<byte> Text, int Kept, int Read)
{
    private const int LongestName = 64;

    /// <summary>Deeper nesting is never read.</summary>
    private const int MaxDepth = 64;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>What can be read of the text; <see langword="null"/> when it does not begin with an object or array that goes on.</summary>
    public static CutJson? Of(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var open = new List<byte>();
        var (kept, last) = (0, JsonTokenType.None);
        var name = "";
        try
        {
            while (reader.Read())
            {
                (kept, last) = ((int)reader.BytesConsumed, reader.TokenType);
                if (last is JsonTokenType.PropertyName) name = ShortName(ref reader);
                if (last is JsonTokenType.StartObject) open.Add((byte)'}');
                if (last is JsonTokenType.StartArray) open.Add((byte)']');
                if (last is JsonTokenType.EndObject or JsonTokenType.EndArray) open.RemoveAt(open.Count - 1);
                if (open.Count == 0) return null;
            }
        }
        catch (JsonException)
        {
        }

        return open.Count is 0 or > MaxDepth ? null : Closed(json, kept, last == JsonTokenType.PropertyName ? name : null, open);
    }

    /// <summary>Whether the record is the one in which the text was cut.</summary>
    public bool IsCut(JsonValue record) =>
        Text.Span.Overlaps(record.Raw, out var start)
        && start + record.Raw.Length > Kept;

    /// <summary>Where the record begins, in the original too.</summary>
    public int StartOf(JsonValue record) => Text.Span.Overlaps(record.Raw, out var start) ? start : 0;

    /// <param name="json">The original.</param>
    /// <param name="kept">How much of it is whole.</param>
    /// <param name="name">The property whose value was cut; <see langword="null"/> between values.</param>
    /// <param name="open">What closes the open objects and arrays, the outermost first.</param>
    private static CutJson Closed(ReadOnlyMemory<byte> json, int kept, string? name, List<byte> open)
    {
        var text = new ArrayBufferWriter<byte>(json.Length + open.Count + 8);
        text.Write(json.Span[..kept]);
        var rest = json.Span[kept..];
        var value = rest.TrimStart(Blanks);
        var read = json.Length - value.Length;
        if (name is not null && value is [(byte)'"', ..])
        {
            var length = TextLength(value);
            text.Write(InnerEvents.IsOfUseWhenCut(name) ? value[..length] : "\""u8);
            text.Write("\""u8);
            read = IsPartOfEscape(value[length..]) ? json.Length : read + length;
        }
        else
        {
            if (name is not null) text.Write("null"u8);
            if (value.IndexOfAny(Structure) < 0 || value.Trim(",: \t\r\n"u8).IsEmpty) read = json.Length;
        }

        for (var i = open.Count - 1; i >= 0; i--) text.Write([open[i]]);
        return new CutJson(text.WrittenMemory, kept, read);
    }

    /// <summary>The name; an empty text for a name that is too long to be one of ours.</summary>
    private static string ShortName(ref Utf8JsonReader reader) => reader.ValueSpan.Length <= LongestName ? reader.GetString()! : "";

    /// <summary>How much of the text, from its quotation mark on, can be read.</summary>
    private static int TextLength(ReadOnlySpan<byte> text)
    {
        var at = 1;
        while (at < text.Length && text[at] is >= 0x20 and not (byte)'"')
        {
            var length = text[at] == '\\' ? EscapeLength(text[at..]) : 1;
            if (length == 0) break;
            at += length;
        }

        return at;
    }

    private static int EscapeLength(ReadOnlySpan<byte> escape)
    {
        if (escape.Length < 2) return 0;
        if (escape[1] != 'u') return "\"\\/bfnrt"u8.Contains(escape[1]) ? 2 : 0;
        return escape.Length >= 6 && !escape[2..6].ContainsAnyExcept(HexDigits) ? 6 : 0;
    }

    /// <summary>Whether nothing or only the beginning of an escape is left.</summary>
    private static bool IsPartOfEscape(ReadOnlySpan<byte> rest) =>
        rest is [] or [(byte)'\\']
        || (rest is [(byte)'\\', (byte)'u', ..] && rest.Length < 6 && !rest[2..].ContainsAnyExcept(HexDigits));

    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[],:\n"u8);

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
}
