using System.Text;
using Changeling.Core.Tests.Events.Json;
using Changeling.Events.Peeling;
using CsCheck;

namespace Changeling.Core.Tests.Events;

/// <summary>Event XML that is read without the framework's reader, against that reader.</summary>
public class PlainEventXmlTests
{
    private const string Head =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='a' Guid=\"{b}\"/><EventID>1</EventID>";

    private static readonly string[] Parts =
    [
        "<Data Name='a'>b</Data>", "<Data Name=\"a\"/>", "<Data>", "</Data>", "<System>", "</System>", "<EventData>", "</EventData>",
        "<System/>",
        "<Event>", "</Event>", "<a b='c'", ">", "/>", "<x>", "</x>", "<x y='1' y='2'>",
        "<x y='1'z='2'>", "<p:x>", "<x p:y='1'>", " ", "\r\n",
        "\t", "text", "a\rb", "&lt;", "&amp;&#65;&#xe9;", "&#13;", "&#0;", "&nbsp;",
        "&", "]]>", "<![CDATA[x]]>", "<!-- x -->", "<?x y?>", "=",
        "'", "\"", "é", "\u0001", "\uFFFE", "<Data Name='&gt;'>", "<Data Name='b' >x</Data >", "<1>", "<é>", "xmlns='u'",
    ];

    private static readonly Gen<string> Part = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    [Fact]
    public void What_is_read_at_once_is_what_the_framework_reads() =>
        Gen.Select(Part.Array[0, 10], Gen.Int[0, 2]).Select(Xml).Sample(
            xml =>
            {
                using var plain = PlainEventXml.TryParse(Encoding.UTF8.GetBytes(xml));
                if (plain is null) return;
                using var any = EventXml.TryParseAny(xml);
                Assert.NotNull(any);
                Assert.Equal(AsText.Of(any.Root), AsText.Of(plain.Root));
            },
            iter: 200_000);

    [Fact]
    public void An_event_as_Windows_writes_it_is_read_at_once()
    {
        using var plain = PlainEventXml.TryParse(Encoding.UTF8.GetBytes(
            $"{Head}</System>\r\n<EventData><Data Name='Image'>C:\\a&amp;b.exe</Data><Data Name='Empty'></Data></EventData></Event>"));

        Assert.NotNull(plain);
        Assert.Equal(
            "{System={Provider={Name='a',Guid='{b}'},EventID='1'},EventData={Image='C:\\a&b.exe',Empty=''}}", AsText.Of(plain.Root));
    }

    private static string Xml(string[] parts, int form) => form switch
    {
        0 => string.Concat(parts),
        1 => $"{Head}{string.Concat(parts)}</System></Event>",
        _ => $"{Head}</System><EventData>{string.Concat(parts)}</EventData></Event>",
    };
}
