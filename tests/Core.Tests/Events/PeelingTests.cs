using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>From bytes to records: compression, encoding, envelopes.</summary>
public class PeelingTests
{
    private static readonly string Launch = GoldenLaunch.Messages["winlogbeat"].ReplaceLineEndings(" ");

    private static readonly string Event = GoldenLaunch.Messages["winevent-xml"];

    /// <summary>As Python's ElementTree writes it.</summary>
    private static readonly string Prefixed =
        Regex.Replace(Event, "<(/?)([A-Za-z])", "<$1ns0:$2").Replace("xmlns=", "xmlns:ns0=", StringComparison.Ordinal);

    public static TheoryData<string, string, string> Shapes => new()
    {
        { "an object", "LAUNCH", "read" },
        { "an object over several lines", "\n\n" + GoldenLaunch.Messages["winlogbeat"] + "\r\n", "read" },
        { "an envelope", """{"records":[LAUNCH,LAUNCH]}""", "read read" },
        { "an envelope with other properties", """{"source":"x","records":[LAUNCH]}""", "read" },
        { "the answer of a query", """{"tables":[{"name":"PrimaryResult","columns":NAMES,"rows":[ROW,ROW]}]}""", "read read" },
        { "the answer of a query to Data Explorer", """{"Tables":[{"TableName":"T","Columns":COLUMNS,"Rows":[ROW]}]}""", "read" },
        { "tables and rows of another shape", """{"tables":[{"name":"a"},{"columns":[],"rows":[LAUNCH]},7]}""",
            "unknown_format read unknown_format" },
        { "records that is no array", """{"records":{}}""", "unknown_format" },
        { "an array", "[LAUNCH,LAUNCH,LAUNCH]", "read read read" },
        { "an array of envelopes", """[{"records":[LAUNCH]},LAUNCH,{"records":[LAUNCH,LAUNCH]}]""", "read read read read" },
        { "an envelope inside an envelope is opened no deeper", """[{"records":[{"records":[LAUNCH]}]}]""", "unknown_format" },
        { "lines", "LAUNCH\nLAUNCH\r\nLAUNCH", "read read read" },
        { "blank lines do not count", "\n LAUNCH \n\n\nLAUNCH\n", "read read" },
        { "several on a line", "LAUNCH LAUNCH{}", "read read unknown_format" },
        { "lines of envelopes", "{\"records\":[LAUNCH,LAUNCH]}\n[LAUNCH]", "read read read" },
        { "a bad line is a record of its own", "LAUNCH\n{\"cut\": \nLAUNCH", "read not_json read" },
        { "a bad line first", "{\"cut\nLAUNCH", "not_json read" },
        { "text between lines", "LAUNCH\nhello\nLAUNCH", "read not_json read" },
        { "a syslog header", "<14>Nov  3 09:14:27 relay app: LAUNCH", "read" },
        { "a syslog header without priority", "Nov  3 09:14:27 relay app[11]: LAUNCH\nNov  3 09:14:28 relay app[11]: broken {",
            "read not_json" },
        { "a text that holds a record", "[TEXT,LAUNCH]", "read read" },
        { "the whole body as a text", "TEXT", "read" },
        { "a text in a text is opened no deeper", "[\"\\\"{}\\\"\"]", "unknown_format" },
        { "a text that holds no JSON", "[\"hello\",LAUNCH]", "not_json read" },
        { "elements that are no objects", "[1,null,true,[LAUNCH],LAUNCH]",
            "unknown_format unknown_format unknown_format unknown_format read" },
        { "no records", "[]", "skipped" },
        { "no records in an envelope", """{"records":[]}""", "skipped" },
        { "no records in envelopes", """[{"records":[]},{"records":[]}]""", "skipped" },
        { "nothing", "", "empty" },
        { "blanks", " \r\n\t ", "empty" },
        { "plain text", "hello\nworld", "not_json" },
        { "a cut object", """{"records":[""", "not_json" },
        { "a trailing comma", "[LAUNCH,]", "read not_json" },
        { "XML that is no event", "<html><body>502</body></html>", "unknown_format" },
        { "XML without events", "\n<?xml version='1.0'?><Events/>", "unknown_format" },
        { "an event in XML", "EVENT", "read" },
        { "events one after the other", "EVENTEVENT\nEVENT", "read read read" },
        { "events under a root", "<?xml version='1.0'?>\n<Events xmlns='x'>\n<!-- two -->EVENT\nEVENT</Events>\n", "read read" },
        { "a broken event leaves its neighbours readable", "EVENT<Event><System>EVENT", "read not_xml read" },
        { "events with a prefix", "PREFIXED\nPREFIXED", "read read" },
        { "events with a prefix under a root", "<ns0:Events xmlns:ns0='x'>PREFIXED</ns0:Events>", "read" },
        { "a text that holds an event with a prefix", "[PREFIXTEXT,LAUNCH]", "read read" },
        { "a name that only looks like a prefix", "<a:Event<a:Event EVENT", "not_xml not_xml read" },
        { "text between events", "EVENT hello EVENT", "read not_xml read" },
        { "a document type is never interpreted", "<!DOCTYPE x [<!ENTITY e 'boo'>]><Events>EVENT</Events>", "not_xml read" },
        { "an entity of a document type is unknown", "<!DOCTYPE x [<!ENTITY e 'boo'>]><Event><System>&e;</System></Event>",
            "not_xml not_xml" },
        { "an event of another provider", "<Event><System><Provider Name='x'/></System></Event>", "skipped" },
        { "a text that holds an event in XML", "[XMLTEXT,LAUNCH]", "read read" },
        { "JSON after XML", "EVENT\nLAUNCH", "read not_xml" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Records_come_out_of_every_shape_in_order(string shape, string body, string outcomes)
    {
        var text = JsonSerializer.Serialize(Launch);
        var properties = JsonDocument.Parse(Launch).RootElement.EnumerateObject().ToList();

        var read = Reading.All(body
            .Replace("PREFIXTEXT", JsonSerializer.Serialize(Prefixed), StringComparison.Ordinal)
            .Replace("PREFIXED", Prefixed, StringComparison.Ordinal)
            .Replace("XMLTEXT", JsonSerializer.Serialize(Event), StringComparison.Ordinal)
            .Replace("NAMES", JsonSerializer.Serialize(properties.Select(p => new { name = p.Name })), StringComparison.Ordinal)
            .Replace("COLUMNS", JsonSerializer.Serialize(properties.Select(p => new { ColumnName = p.Name })), StringComparison.Ordinal)
            .Replace("ROW", JsonSerializer.Serialize(properties.Select(p => p.Value)), StringComparison.Ordinal)
            .Replace("LAUNCH", Launch, StringComparison.Ordinal)
            .Replace("TEXT", text, StringComparison.Ordinal)
            .Replace("EVENT", Event, StringComparison.Ordinal));

        Assert.True(outcomes == Reading.Words(read), $"{shape}: {Reading.Words(read)}");
    }

    /// <summary>The XML in its last line is escaped as JSON: read as it stands, each path would have two backslashes for one.</summary>
    [Theory]
    [InlineData(":")]
    [InlineData(": ")]
    public void Json_over_several_lines_that_is_cut_in_a_text_of_xml_is_read_as_json(string colon)
    {
        var text = JsonSerializer.Serialize(Event)[..^1];

        var read = Assert.IsType<RecordOutcome.Read>(Assert.Single(Reading.All($"{{\n \"host\"{colon}\"a\",\n \"event\"{colon}{text}")));

        Assert.Equal(Reading.Event(Event).Child.Path, read.Event.Child.Path);
    }

    [Fact]
    public void A_message_without_records_is_skipped_once() =>
        Assert.Equal(new RecordOutcome.Skipped("none", "no records"), Reading.Skipped("[]"));

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Launch) },
        { "UTF-8 with mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Launch)] },
        { "UTF-16, little end first", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Launch)] },
        { "UTF-16, big end first", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Launch)] },
        { "UTF-16 without a mark, little end first", Encoding.Unicode.GetBytes(Launch) },
        { "UTF-16 without a mark, big end first", Encoding.BigEndianUnicode.GetBytes(Launch) },
        { "gzip", Gzipped(Encoding.UTF8.GetBytes(Launch)) },
        { "gzip of UTF-16", Gzipped([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Launch)]) },
        { "two gzip members", [.. Gzipped(Encoding.UTF8.GetBytes(Launch[..99])), .. Gzipped(Encoding.UTF8.GetBytes(Launch[99..]))] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_gives_the_same_event(string encoding, byte[] body)
    {
        var read = Assert.IsType<RecordOutcome.Read>(Assert.Single(Reading.All(body)));

        Assert.True(Reading.Event(Launch) == read.Event, encoding);
    }

    [Fact]
    public void Invalid_bytes_become_replacement_characters()
    {
        byte[] body = Reading.Bytes(Launch.Replace("-urlcache", "-url#cache", StringComparison.Ordinal));
        body[body.AsSpan().IndexOf("#cache"u8)] = 0xFF;

        var read = Assert.IsType<RecordOutcome.Read>(Assert.Single(Reading.All(body)));

        Assert.Contains("-url\uFFFDcache", read.Event.Child.CommandLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""\ud800""", "\uFFFD")]
    [InlineData("""\uDC00x""", "\uFFFDx")]
    [InlineData("""\ud83d\ude00""", "\U0001F600")]
    [InlineData("""\ud800\ud83d\ude00""", "\uFFFD\U0001F600")]
    [InlineData("""\\ud800""", @"\ud800")]
    public void Lone_surrogates_become_replacement_characters_and_pairs_stay(string escape, string expected)
    {
        var read = Reading.Event(Launch.Replace("-urlcache", escape, StringComparison.Ordinal));

        Assert.Contains($"certutil.exe {expected} -split", read.Child.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_in_a_property_name_does_no_harm() =>
        Assert.Equal(
            "certutil.exe",
            Reading.Event(Launch.Replace("\"winlog\":", "\"\\ud800\": 1, \"winlog\":", StringComparison.Ordinal)).Child.Name);

    internal static byte[] Gzipped(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionLevel.SmallestSize)) stream.Write(bytes);
        return target.ToArray();
    }
}
