using System.Text.Json.Nodes;
using Changeling.Exceptions;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;

namespace Changeling.Core.Tests.Exceptions;

public class ExceptionFileTests
{
    private const string Whole = """
        {
          "id": "exc-1", "name": "Certutil by the PKI agent", "owner": "pki team", "reason": "fetches CRLs",
          "rules": ["lolbin-by-unusual-parent"],
          "conditions": [
            { "field": "process.name", "type": "exact", "values": ["certutil.exe"] },
            { "field": "process.command_line", "type": "wildcard", "values": ["*http://pki.corp.example/*"] }
          ],
          "created": "2026-11-01T08:00:00Z", "expires": "2027-05-01T00:00:00Z", "enabled": false
        }
        """;

    [Fact]
    public void A_whole_file_is_read_and_written_back()
    {
        var item = Read(Whole);

        Assert.Equal(("exc-1", "pki team", false), (item.Id, item.Owner, item.Enabled));
        Assert.Equal(["lolbin-by-unusual-parent"], item.Rules);
        Assert.Equal((ExceptionMatch.Exact, ExceptionMatch.Wildcard), (item.Conditions[0].Type, item.Conditions[1].Type));
        Assert.Equal(ExceptionFile.Write(item), ExceptionFile.Write(ExceptionFile.ReadStored("exc-1.json", ExceptionFile.Write(item))));
    }

    [Theory]
    [InlineData("id", "\"Exc 1\"", "id is 'Exc 1'")]
    [InlineData("id", "\"groups\"", "names the file of host groups")]
    [InlineData("name", "\" \"", "name must have")]
    [InlineData("owner", "\"\"", "owner must have")]
    [InlineData("reason", "\"\"", "reason must have")]
    [InlineData("owner", "null", "owner")]
    [InlineData("expires", "\"2026-11-01T08:00:00Z\"", "not after created")]
    [InlineData("expires", "\"next year\"", "expires")]
    [InlineData("rules", "[]", "rules is empty")]
    [InlineData("rules", "[\"Rule\"]", "rules has 'Rule'")]
    [InlineData("conditions", "[]", "conditions must hold 1 to 20")]
    [InlineData("conditions", "[null]", "conditions[0]")]
    [InlineData("conditions", """[{ "field": "process.args", "type": "exact", "values": ["a"] }]""",
        "conditions[0] (process.args) has an unknown field; take one of host.group, host.name")]
    [InlineData("conditions", """[{ "field": "process.name", "type": "regex", "values": ["a"] }]""", "type")]
    [InlineData("conditions", """[{ "field": "process.name", "type": 7, "values": ["a"] }]""", "type")]
    [InlineData("conditions", """[{ "field": "process.name", "type": "exact", "values": [] }]""", "must have 1 to 100 values")]
    [InlineData("conditions", """[{ "field": "process.name", "type": "exact", "values": [""] }]""",
        "conditions[0] (process.name) has an empty value")]
    [InlineData("conditions", """[{ "field": "process.name", "type": "wildcard", "values": ["a", "*?*"] }]""",
        "has '*?*', which fits everything")]
    [InlineData("conditions", """[{ "field": "host.group", "type": "prefix", "values": ["a"] }]""", "must be of type exact")]
    [InlineData("note", "\"?\"", "note")]
    public void A_file_that_is_no_exception_is_refused_by_file_and_field(string field, string value, string says)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json[field] = JsonNode.Parse(value);

        var refusal = Assert.Throws<InvalidDataException>(() => Read(json.ToJsonString()));

        Assert.StartsWith("exception file exc-1.json: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("owner")]
    [InlineData("reason")]
    [InlineData("conditions")]
    [InlineData("created")]
    public void Nothing_that_people_need_may_be_left_out(string field)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json.Remove(field);

        Assert.Contains(field, Assert.Throws<InvalidDataException>(() => Read(json.ToJsonString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_an_item_that_is_one_and_lists_all_fields()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs", "exceptions.md"));
        var begin = page.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;

        Assert.Equal("pki-crl", Read(page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)]).Id);
        Assert.All(
            ExceptionFields.Names,
            field => Assert.Contains($"`{field}`", page[page.IndexOf("| field |", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public void What_may_be_left_out_has_its_default()
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        foreach (var field in new[] { "rules", "expires", "enabled" }) json.Remove(field);

        var item = Read(json.ToJsonString());

        Assert.Equal((null, null, true), (item.Rules, item.Expires, item.Enabled));
    }

    [Fact]
    public void Values_and_conditions_are_bounded()
    {
        var value = new string('a', ExceptionFile.MaxUnits);

        Assert.Equal(value, Read(ExceptionWith(value, 1)).Conditions[0].Values[0]);
        Assert.Contains(
            "at most 512",
            Assert.Throws<InvalidDataException>(() => Read(ExceptionWith(value + "a", 1))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "1 to 100 values", Assert.Throws<InvalidDataException>(() => Read(ExceptionWith("a", 101))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_file_is_called_as_its_item() =>
        Assert.Equal(
            "exception file other.json: id is 'exc-1', so the file must be called exc-1.json",
            Assert.Throws<InvalidDataException>(() => ExceptionFile.ReadStored("other.json", ExceptionFile.Write(Read(Whole)))).Message);

    [Theory]
    [InlineData("[]", "groups.json")]
    [InlineData("null", "must hold one JSON object")]
    [InlineData("""{ "A b": ["x"] }""", "'A b' is no group's name")]
    [InlineData("""{ "a": [] }""", "a has no hosts")]
    [InlineData("""{ "a": null }""", "a has no hosts")]
    [InlineData("""{ "a": ["*"] }""", "a has '*', which fits everything")]
    public void A_file_of_groups_is_refused_in_the_same_way(string json, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InvalidDataException>(() => HostGroups.Read(System.Text.Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);

    private static string ExceptionWith(string value, int times)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json["conditions"]![0]!["values"] = new JsonArray([.. Enumerable.Repeat(value, times).Select(v => (JsonNode)v)]);
        return json.ToJsonString();
    }
}
