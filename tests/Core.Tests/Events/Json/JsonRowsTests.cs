using System.Text;
using System.Text.Json;
using Changeling.Events.Json;
using CsCheck;

namespace Changeling.Core.Tests.Events.Json;

/// <summary>The values of a text, against the framework's document.</summary>
public class JsonRowsTests
{
    private const int MaxDepth = 5;

    /// <summary>Parts of JSON, so that many texts are JSON and the others nearly are.</summary>
    private static readonly string[] Parts =
    [
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\":", "\"a\":1,", "\"\\u0061\":2", "\"a.b\":{\"c\":[]}", "\"é\\n\\\"\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u12\"", "\"\\x\"", "\"a\u0001\"", "\"a", "0", "-0", "01", "-", "1.5", "1.", ".5", "1e5", "1E+400", "1e",
        "true", "truex", "false", "null",
        "nul", " ", "\t\r\n", "\f", "//x", "/**/", "'a'", "{\"x\":{\"y\":{\"z\":{}}}}", "[[[[]]]]",
    ];

    private static readonly Gen<string> Part = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    private static readonly string[] Names = ["a", "b", "\\u0061", "é", "name", "names", ""];

    [Fact]
    public void A_text_is_JSON_exactly_if_it_is_for_the_framework_and_has_the_same_values() =>
        Part.Array[1, 12].Select(string.Concat).Sample(AssertSame, iter: 200_000);

    [Fact]
    public void A_text_around_a_value_changes_nothing() =>
        Gen.Select(Part.Array[0, 6], Part.Array[0, 6])
            .Select((head, tail) => $$"""{"a":1,{{string.Concat(head)}}"a":{"q":"r"},"long name of a property":[1,2],{{string.Concat(tail)}}"z":""}""")
            .Sample(AssertSame, iter: 100_000);

    [Fact]
    public void Every_property_is_found_and_of_equal_names_the_last_one()
    {
        Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Int[0, 99])
            .Select((name, value) => $"\"{name}\":{value}")
            .Array[0, 40]
            .Select(properties => $"{{{string.Join(',', properties)}}}")
            .Sample(
                json =>
                {
                    using var document = JsonDocument.Parse(json);
                    using var rows = JsonRows.TryParse(Encoding.UTF8.GetBytes(json), MaxDepth)!;
                    foreach (var name in (string[])["a", "b", "é", "name", "names", "", "c"])
                    {
                        var expected = document.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : "none";
                        Assert.Equal(expected, rows.Root.TryGet(Encoding.UTF8.GetBytes(name), out var found) ? found.GetRawText() : "none");
                    }
                },
                iter: 20_000);
    }

    [Fact]
    public void A_made_object_has_its_own_texts_and_the_values_of_others()
    {
        using var other = JsonRows.TryParse("""{"n":[1,{"x":"y"}]}"""u8.ToArray(), MaxDepth)!;

        using var made = JsonMaker.Object(json =>
        {
            json.Add("a", "\"é\"\n");
            json.Add("b", other.Root.Get("n"u8));
            json.BeginObject("c");
            json.AddTrue("d");
            json.Add("e", text: null);
            json.End();
        });

        Assert.Equal("{a='\"é\"\n',b=[1,{x='y'}],c={d=true,e=null}}", AsText.Of(made.Root));
    }

    private static void AssertSame(string json)
    {
        using var rows = JsonRows.TryParse(Encoding.UTF8.GetBytes(json), MaxDepth);
        Assert.Equal(Expected(json), rows is null ? "none" : AsText.Of(rows.Root));
    }

    private static string Expected(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return AsText.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return "none";
        }
    }
}
