using System.Text;
using Changeling.TestSupport.EventLogs;

namespace Changeling.RecordedFiles.Tests.EventLogs;

/// <summary>Each type of value is written as Windows writes it.</summary>
public sealed class EventLogValueTests
{
    [Theory]
    [InlineData(0x01, "4100420000 00", "AB")]
    [InlineData(0x01, "3C0026003E002200", "&lt;&amp;&gt;&quot;")]
    [InlineData(0x02, "41E400", "Aä")]
    [InlineData(0x03, "FF", "-1")]
    [InlineData(0x04, "FF", "255")]
    [InlineData(0x05, "FEFF", "-2")]
    [InlineData(0x06, "FEFF", "65534")]
    [InlineData(0x07, "FDFFFFFF", "-3")]
    [InlineData(0x08, "FDFFFFFF", "4294967293")]
    [InlineData(0x09, "FCFFFFFFFFFFFFFF", "-4")]
    [InlineData(0x0A, "FCFFFFFFFFFFFFFF", "18446744073709551612")]
    [InlineData(0x0B, "0000C03F", "1.5")]
    [InlineData(0x0C, "000000000000F8BF", "-1.5")]
    [InlineData(0x0D, "01000000", "true")]
    [InlineData(0x0D, "00000000", "false")]
    [InlineData(0x0E, "00FFA0", "00FFA0")]
    [InlineData(0x0F, "B6213F8D435C0A699B01000000002F00", "{8D3F21B6-5C43-690A-9B01-000000002F00}")]
    [InlineData(0x10, "8C180000", "0x188c")]
    [InlineData(0x11, "8073D0B9736BDD01", "2026-11-03T09:14:27.3840000Z")]
    [InlineData(0x12, "EA070B000200030009000E001B008001", "2026-11-03T09:14:27.3840000Z")]
    [InlineData(0x13, "010100000000000512000000", "S-1-5-18")]
    [InlineData(0x13, "0102000000000005200000002002 0000", "S-1-5-32-544")]
    [InlineData(0x14, "8C180000", "0x188c")]
    [InlineData(0x15, "0000000000002080", "0x8020000000000000")]
    [InlineData(0x08, "0102", "")]
    [InlineData(0x11, "FFFFFFFFFFFFFFFF", "")]
    [InlineData(0x13, "0109000000000005", "")]
    public void A_value_is_written_in_the_way_of_its_type(byte type, string bytes, string expected)
    {
        var value = new XmlValue(type, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal($"<Event><Data>{expected}</Data></Event>", Xml([new XmlSubstitution(0, type)], value));
    }

    [Theory]
    [InlineData(0x81, "410000004200430000 00", "<Data>A</Data><Data>BC</Data>")]
    [InlineData(0x82, "41004243", "<Data>A</Data><Data>BC</Data>")]
    [InlineData(0x88, "0100000002000000", "<Data>1</Data><Data>2</Data>")]
    [InlineData(0x95, "01000000000000000200000000000000", "<Data>0x1</Data><Data>0x2</Data>")]
    [InlineData(0x93, "010100000000000512000000010100000000000513000000", "<Data>S-1-5-18</Data><Data>S-1-5-19</Data>")]
    [InlineData(0x81, "", "<Data></Data>")]
    public void An_array_repeats_its_element(byte type, string bytes, string expected)
    {
        var value = new XmlValue(type, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal($"<Event>{expected}</Event>", Xml([new XmlSubstitution(0, type)], value));
    }

    [Fact]
    public void An_optional_element_without_a_value_is_left_out_and_another_stays_empty()
    {
        Assert.Equal("<Event></Event>", Xml([new XmlSubstitution(0, 0x01, IsOptional: true)], XmlValue.Null));
        Assert.Equal("<Event><Data></Data></Event>", Xml([new XmlSubstitution(0, 0x01, IsOptional: false)], XmlValue.Null));
    }

    [Fact]
    public void An_optional_attribute_without_a_value_is_left_out()
    {
        var template = new XmlElementTemplate(
            "Event", [("a", new XmlSubstitution(0, 0x01)), ("b", new XmlSubstitution(1, 0x01)), ("c", "three")], []);

        Assert.Equal("<Event b=\"two\" c=\"three\"/>", Xml(template, XmlValue.Null, XmlValue.Text("two")));
    }

    [Fact]
    public void Texts_entities_and_characters_of_a_template_are_written()
    {
        object[] content = ["a", new XmlEntity("amp"), new XmlCharacter('<'), new XmlCData("b>c"), new XmlSubstitution(0, 0x01), "d"];

        Assert.Equal("<Event><Data>a&amp;&lt;b&gt;cXd</Data></Event>", Xml(content, XmlValue.Text("X")));
    }

    [Fact]
    public void A_value_can_be_an_element_without_a_template()
    {
        var inner = new XmlElementTemplate("EventData", [("Name", "x")], [new XmlElementTemplate("Data", [], ["y"])]);

        Assert.Equal(
            "<Event><Data><EventData Name=\"x\"><Data>y</Data></EventData></Data></Event>",
            Xml([new XmlSubstitution(0, 0x21)], XmlValue.Xml(inner)));
    }

    [Fact]
    public void A_name_that_is_none_of_XML_is_damage()
    {
        var message = Assert.Single(Read.All(EventLogWriter.Log([w => w.Fragment(new XmlElementTemplate("Event><x", [], []), [])])));

        Assert.Contains("a name is not one of XML", message.Damage, StringComparison.Ordinal);
    }

    private static string Xml(object[] content, params IReadOnlyList<XmlValue> values) =>
        Xml(new XmlElementTemplate("Event", [], [new XmlElementTemplate("Data", [], content)]), values);

    private static string Xml(XmlElementTemplate template, params IReadOnlyList<XmlValue> values)
    {
        var message = Assert.Single(Read.All(EventLogWriter.Log([w => w.Fragment(template, values)])));
        Assert.Null(message.Damage);
        return Encoding.UTF8.GetString(message.Body.Span);
    }
}
