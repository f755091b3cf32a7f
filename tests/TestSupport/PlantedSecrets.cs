using System.Text;
using System.Text.Json.Nodes;

namespace Changeling.TestSupport;

/// <summary>The golden launch of every format with a secret in place of one text after the other.</summary>
public static class PlantedSecrets
{
    /// <summary>Stands in every message, and may stand nowhere else.</summary>
    public const string Secret = "p1anted-s3cret-of-an-event";

    /// <summary>One message for each text of each golden launch; XML is planted as text between its tags.</summary>
    public static IEnumerable<(string Sender, string Place, byte[] Body)> Messages() => GoldenLaunch.Messages.SelectMany(
        golden => Planted(golden.Value)
            .Select(planted => (golden.Key, planted.Place, Encoding.UTF8.GetBytes(planted.Body))));

    private static IEnumerable<(string Place, string Body)> Planted(string launch) => launch.TrimStart()[0] switch
    {
        '<' => InXml(launch),
        '{' => InJson(launch),
        _ => InText(launch),
    };

    private static IEnumerable<(string Place, string Body)> InJson(string json)
    {
        var places = Texts(JsonNode.Parse(json)!).Select(text => text.GetPath()).ToList();
        foreach (var place in places)
        {
            var root = JsonNode.Parse(json)!;
            Texts(root).First(text => text.GetPath() == place).ReplaceWith(Secret);
            yield return (place, root.ToJsonString());
        }
    }

    private static IEnumerable<JsonValue> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v => [v],
        _ => [],
    };

    /// <summary>Fields between tabs or separators.</summary>
    private static IEnumerable<(string Place, string Body)> InText(string line)
    {
        var separator = line.Contains('\t', StringComparison.Ordinal) ? "\t" : ", ";
        var fields = line.Split(separator);
        for (var i = 0; i < fields.Length; i++)
        {
            string[] planted = [.. fields];
            planted[i] = fields[i].Split('=') is [var name, _, ..] ? $"{name}={Secret}" : Secret;
            yield return ($"{i}", string.Join(separator, planted));
        }
    }

    private static IEnumerable<(string Place, string Body)> InXml(string xml)
    {
        for (var start = xml.IndexOf('>', StringComparison.Ordinal); start >= 0; start = xml.IndexOf('>', start + 1))
        {
            var end = xml.IndexOf('<', start);
            if (end > start + 1 && !string.IsNullOrWhiteSpace(xml[(start + 1)..end]))
                yield return ($"{start}", $"{xml[..(start + 1)]}{Secret}{xml[end..]}");
        }
    }
}
