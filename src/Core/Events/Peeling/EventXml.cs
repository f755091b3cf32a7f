using System.Buffers;
using System.Text;
using System.Xml;
using Changeling.Events.Json;

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

    /// <summary>
    /// The event, to be disposed of; <see langword="null"/> when the text has no field of an event, or is beyond the bounds. Of text that
    /// is cut, or cannot be read from some point on, the fields before it are there, and a property <c>Cut</c> says so.
    /// </summary>
    /// <param name="xml">UTF-8.</param>
    public static JsonRows? TryParse(ReadOnlySpan<byte> xml)
    {
        if (xml.Count((byte)'=') > MaxEqualsSigns) return null;
        return PlainEventXml.TryParse(xml) ?? TryParseAny(Encoding.UTF8.GetString(xml));
    }

    /// <summary>As the other overload, of a text inside JSON.</summary>
    public static JsonRows? TryParse(JsonValue text) =>
        text.IsEscaped ? TryParse(JsonEscapes.Removed(text.Written)) : TryParse(text.Written);

    /// <summary>As the first overload, of any XML.</summary>
    internal static JsonRows? TryParseAny(string xml)
    {
        var text = Printable(xml);
        var open = new Stack<string>();
        var fields = new List<XmlField>();
        if (!TryRead(text, fields, open, out var fault)) return null;
        if (fault < 0) return Json(fields, isCut: false);

        var isInField = fields.Count > 0 && !fields[^1].IsClosed;
        fields.Clear();
        if (!TryRead(CutXml.Closed(text, fault, open), fields, [], out _) || fields.Count == 0) return null;
        if (isInField && !InnerEvents.IsOfUseWhenCut(fields[^1].Name)) fields.RemoveAt(fields.Count - 1);
        return Json(fields, isCut: true);
    }

    /// <summary>Adds the fields of all <c>System</c> and <c>EventData</c> elements; all other elements are skipped.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="fields">The fields up to the first fault.</param>
    /// <param name="open">The elements that are open there, the innermost on top.</param>
    /// <param name="fault">Where the text is not well-formed; -1 when all of it is.</param>
    /// <returns><see langword="false"/> beyond the bounds.</returns>
    private static bool TryRead(string xml, List<XmlField> fields, Stack<string> open, out int fault)
    {
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text, Settings);
        fault = -1;
        try
        {
            return TryRead(reader, fields, open);
        }
        catch (XmlException exception)
        {
            fault = CutXml.Offset(xml, exception.LineNumber, exception.LinePosition);
            return true;
        }
    }

    private static bool TryRead(XmlReader reader, List<XmlField> fields, Stack<string> elements)
    {
        var section = "";
        var sectionDepth = 0;
        XmlField? open = null;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth || fields.Count > MaxFields) return false;
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement) elements.Push(reader.Name);
            if (reader.NodeType == XmlNodeType.EndElement) elements.Pop();
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when section.Length == 0 && reader.LocalName is "System" or "EventData" && !reader.IsEmptyElement:
                    (section, sectionDepth) = (reader.LocalName, reader.Depth);
                    break;
                case XmlNodeType.EndElement when section.Length > 0 && reader.Depth == sectionDepth:
                    section = "";
                    break;
                case XmlNodeType.Element when section.Length > 0 && reader.Depth == sectionDepth + 1:
                    var isClosed = reader.IsEmptyElement;
                    open = XmlField.At(reader, section);
                    open.IsClosed = isClosed;
                    fields.Add(open);
                    break;
                case XmlNodeType.EndElement when section.Length > 0 && reader.Depth == sectionDepth + 1:
                    open?.IsClosed = true;
                    open = null;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                    when open is not null && reader.Depth == sectionDepth + 2:
                    open.Text.Append(reader.Value);
                    break;
            }
        }

        return true;
    }

    private static JsonRows Json(List<XmlField> fields, bool isCut) => JsonMaker.Object(json =>
    {
        json.BeginObject("System");
        Add(json, fields, "System");
        json.End();
        json.BeginObject("EventData");
        Add(json, fields, "EventData");
        AddUnnamed(json, fields);
        json.End();
        if (isCut) json.AddTrue("Cut");
    });

    private static void Add(JsonMaker json, List<XmlField> fields, string section)
    {
        foreach (var field in fields)
        {
            if (field.Section == section && !field.IsUnnamed) field.AddTo(json);
        }
    }

    private static void AddUnnamed(JsonMaker json, List<XmlField> fields)
    {
        if (!fields.Any(field => field.IsUnnamed)) return;
        json.BeginArray("Data");
        foreach (var field in fields.Where(field => field.IsUnnamed)) json.Add("", field.Text.ToString());
        json.End();
    }

    /// <summary>
    /// Windows writes control characters as they are, which XML forbids. Each is replaced by U+FFFD, but a NUL that ends a text by a blank.
    /// </summary>
    private static string Printable(string xml) => xml.AsSpan().ContainsAny(Forbidden)
        ? string.Create(xml.Length, xml, static (target, source) =>
        {
            source.CopyTo(target);
            for (var i = target.Length - 2; i >= 0; i--)
            {
                if (target[i] == '\0' && (target[i + 1] == '<' || (source[i + 1] == '\0' && target[i + 1] == ' '))) target[i] = ' ';
            }

            target.ReplaceAny(Forbidden, '\uFFFD');
        })
        : xml;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\r', '\n']), '\uFFFE', '\uFFFF']);
}
