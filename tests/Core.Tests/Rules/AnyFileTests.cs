using System.Text;
using System.Text.Json.Nodes;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Rules;

/// <summary>Whatever a user's file holds, it is read or refused with a sentence: nothing else comes out.</summary>
public class AnyFileTests
{
    private const string Exception = """
        {"id":"exc-1","name":"Backup","owner":"jo","reason":"nightly","created":"2026-01-01T00:00:00Z","rules":["unusual-process-by-host"],
         "conditions":[{"field":"process.name","type":"exact","values":["a.exe","b.exe"]},{"field":"host.group","type":"exact","values":["pki"]}]}
        """;

    private const string Groups = """{"pki":["ca01","pki-*"],"web":["web-*"]}""";

    private static readonly string Rule =
        File.ReadAllText(RepositoryRoot.Combine("src", "Core", "Rules", "Definitions", "lolbin-by-unusual-parent.json"));

    private static readonly string[] Values =
    [
        "null", "[null]", "{}", "[]", "\"\"", "0", "-1", "true", "1e400", "[[null]]", "{\"a\":null}", "[{}]",
    ];

    private static readonly Gen<(int, int)> Seeds = Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 4]);

    [Fact]
    public void A_rule_file_is_read_or_refused() =>
        Seeds.Sample(
            (seed, changes) => IsReadOrRefused(Rule, seed, changes, json => RuleFile.Read("r.json", json, RuleSet.Shipped)), iter: 3_000);

    [Fact]
    public void An_exception_file_is_read_or_refused() =>
        Seeds.Sample(
            (seed, changes) => IsReadOrRefused(Exception, seed, changes, json => ExceptionFile.Read("exc-1.json", json)), iter: 3_000);

    [Fact]
    public void A_file_of_host_groups_is_read_or_refused() =>
        Seeds.Sample((seed, changes) => IsReadOrRefused(Groups, seed, changes, json => HostGroups.Read(json)), iter: 3_000);

    [Theory]
    [InlineData("""{"id":"unusual-process-by-host","attack":[null]}""", "attack[0] is null")]
    [InlineData("""{"id":"unusual-process-by-host","examples":[null]}""", "examples[0] is null")]
    [InlineData("""{"id":"unusual-process-by-host","condition":{"anyOf":[null]}}""", "condition.anyOf[0] is null")]
    [InlineData("""{"id":"unusual-process-by-host","id":"other"}""", "'id'")]
    public void A_rule_that_nobody_can_mean_is_refused_by_file_and_place(string json, string place)
    {
        var refused = Assert.Throws<InvalidDataException>(() => RuleFile.Read("r.json", Encoding.UTF8.GetBytes(json), RuleSet.Shipped));

        Assert.StartsWith("rule file r.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
    }

    private static void IsReadOrRefused(string file, int seed, int changes, Action<byte[]> read)
    {
        var chance = new Random(seed);
        for (var i = 0; i < changes; i++) file = chance.Next(3) == 0 ? WithBytesChanged(file, chance) : WithValueChanged(file, chance);
        try
        {
            read(Encoding.UTF8.GetBytes(file));
        }
        catch (InvalidDataException)
        {
        }
    }

    private static string WithBytesChanged(string text, Random chance)
    {
        var at = chance.Next(text.Length + 1);
        var length = Math.Min(chance.Next(12), text.Length - at);
        return chance.Next(3) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            _ => text.Insert(at, Values[chance.Next(Values.Length)]),
        };
    }

    private static string WithValueChanged(string text, Random chance)
    {
        try
        {
            var root = JsonNode.Parse(text);
            var places = Places(root).ToList();
            if (places.Count == 0) return text;
            var (parent, key) = places[chance.Next(places.Count)];
            var value = chance.Next(6) == 0 ? null : JsonNode.Parse(Values[chance.Next(Values.Length)]);
            if (parent is JsonObject inObject) inObject[(string)key] = value;
            else parent.AsArray()[(int)key] = value;
            return root!.ToJsonString();
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException)
        {
            return text;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.ToList().SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => Enumerable.Range(0, a.Count).SelectMany(i => Places(a[i]).Prepend((a, i))),
        _ => [],
    };
}
