using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Changeling.Events.Peeling;

/// <summary>
/// Turns the XML of one Windows event into JSON of <c>System</c> and <c>EventData</c>, so that one reader serves both. No document
/// type, no external entity, no recursion; time and memory are proportional to the text.
/// </summary>
internal static class EventXml
{
    private const int MaxDepth = 64;

    /// <summary>
    /// Maximum number of attributes of one event, counted as equals signs before it is parsed, because the parser needs memory for each.
    /// </summary>
    private const int MaxEqualsSigns = 200_000;

    /// <summary>Maximum number of fields; a process creation has about thirty.</summary>
    private const int MaxFields = 1000;

    private static readonly XmlReaderSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,

        // A command line may hold a control character; an event must not become unreadable by it.
        CheckCharacters = false,
    };

    /// <summary>The event, to be disposed of; <see langword="null"/> when the text is no well-formed XML, or beyond the bounds.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> xml) => TryParse(Encoding.UTF8.GetString(xml.Span));

    /// <summary>The event, to be disposed of; <see langword="null"/> when the text is no well-formed XML, or beyond the bounds.</summary>
    public static JsonDocument? TryParse(string xml)
    {
        if (xml.AsSpan().Count('=') > MaxEqualsSigns) return null;
        using var text = new StringReader(Printable(xml));
        using var reader = XmlReader.Create(text, Settings);
        try
        {
            return Fields(reader) is { } fields ? Json(fields) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The fields of all <c>System</c> and <c>EventData</c> elements; all other elements are skipped.</summary>
    private static List<XmlField>? Fields(XmlReader reader)
    {
        var fields = new List<XmlField>();
        var section = "";
        var sectionDepth = 0;
        XmlField? open = null;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth || fields.Count > MaxFields) return null;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when section.Length == 0 && reader.LocalName is "System" or "EventData" && !reader.IsEmptyElement:
                    (section, sectionDepth) = (reader.LocalName, reader.Depth);
                    break;
                case XmlNodeType.EndElement when section.Length > 0 && reader.Depth == sectionDepth:
                    section = "";
                    break;
                case XmlNodeType.Element when section.Length > 0 && reader.Depth == sectionDepth + 1:
                    open = XmlField.At(reader, section);
                    if (open is not null) fields.Add(open);
                    break;
                case XmlNodeType.EndElement when section.Length > 0 && reader.Depth == sectionDepth + 1:
                    open = null;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                    when open is not null && reader.Depth == sectionDepth + 2:
                    open.Text.Append(reader.Value);
                    break;
            }
        }

        return fields;
    }

    private static JsonDocument Json(List<XmlField> fields)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var section in (ReadOnlySpan<string>)["System", "EventData"])
            {
                writer.WriteStartObject(section);
                foreach (var field in fields.Where(field => field.Section == section)) field.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(json.WrittenMemory);
    }

    /// <summary>Windows writes control characters as they are, which XML forbids. Each is replaced by U+FFFD.</summary>
    private static string Printable(string xml) => xml.AsSpan().ContainsAny(Forbidden)
        ? string.Create(xml.Length, xml, static (target, source) =>
        {
            source.CopyTo(target);
            target.ReplaceAny(Forbidden, '\uFFFD');
        })
        : xml;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\r', '\n']), '\uFFFE', '\uFFFF']);
}
