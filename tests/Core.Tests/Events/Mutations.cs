using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>
/// Golden launches that were damaged: values and names of JSON, bytes of anything, in any wrapping. The same random numbers give the same
/// bytes.
/// </summary>
internal sealed class Mutations(Random random)
{
    /// <summary>What a value may be replaced by, as JSON.</summary>
    public static readonly string[] HostileValues =
    [
        "null", "true", "-1", "0", "1e400", "99999999999999999999999", "\"\"", "\" \"", "\"-\"", "\"0x\"", "\"%%\"", "\"\\ud800\"",
        "\"\\udc00x\"", "\" \\u0000\"", "{}", "[]", "[[1]]", "[{}]",
        "{\"#text\":{}}", "\"{}\"", "\"<Event>\"", "\"<Event/>\"", "\"\\\\\"", "\"S-1-0-0\"", "\"{00000000-0000-0000-0000-000000000000}\"",
        "\"2026-11-03T09:14:27Z\"", "\"1e9\"",
    ];

    /// <summary>Stands in parsed JSON for a hostile value, which a parser may refuse to hold.</summary>
    private const string Placeholder = "@hostile@";

    private static readonly string[] Launches = [.. GoldenLaunch.Messages.Values];

    private static readonly byte[] Ingredients = [.. "{}[]\":,\\ud800nuletrs0123-.<>/&;=!?\n\r\t \u00e9"u8, 0, 0xFF];

    public byte[] Next()
    {
        var launch = Pick(Launches);
        var text = launch[0] != '{' || random.Next(3) == 0 ? launch : MutatedJson(launch);
        var body = Wrapped(text);
        for (var edits = random.Next(4); edits > 0; edits--) body = Edited(body);
        return random.Next(8) == 0 ? PeelingTests.Gzipped(body) : body;
    }

    private string MutatedJson(string launch)
    {
        var root = JsonNode.Parse(launch)!;
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var objects = Objects(root).Where(o => o.Count > 0).ToList();
            if (objects.Count == 0) break;
            Change(Pick(objects));
        }

        return WithHostileValue(root, Pick(HostileValues));
    }

    /// <summary>A node that <see cref="WithHostileValue"/> replaces.</summary>
    public static JsonNode HostileNode => JsonValue.Create(Placeholder);

    /// <summary>The JSON as text, with a hostile value in place of each <see cref="HostileNode"/>.</summary>
    public static string WithHostileValue(JsonNode root, string value) =>
        root.ToJsonString().Replace($"\"{Placeholder}\"", value, StringComparison.Ordinal);

    private void Change(JsonObject value)
    {
        var (name, old) = value.ElementAt(random.Next(value.Count));
        switch (random.Next(5))
        {
            case 0:
                value.Remove(name);
                break;
            case 1:
                value.Remove(name);
                value[random.Next(2) == 0 ? name.ToUpperInvariant() : name.ToLowerInvariant()] = old;
                break;
            case 2:
                var other = JsonNode.Parse(Pick(Launches.Where(l => l[0] == '{').ToArray()))!;
                value[name] = other.DeepClone();
                break;
            case 3:
                value[name] = new string(Pick("a\\\"'<&\u0000 %".ToCharArray()), 1 << random.Next(15));
                break;
            default:
                value[name] = HostileNode;
                break;
        }
    }

    private byte[] Wrapped(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return random.Next(9) switch
        {
            0 => Encoding.UTF8.GetBytes($"{{\"records\":[{text},{text}]}}"),
            1 => Encoding.UTF8.GetBytes($"[{text},{JsonSerializer.Serialize(text)}]"),
            2 => Encoding.UTF8.GetBytes($"{line}\n{line}\n{Pick(Launches).ReplaceLineEndings(" ")}"),
            3 => Encoding.UTF8.GetBytes($"<13>Nov  3 09:14:27 relay: {line}"),
            4 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            5 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(200))) + text),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private byte[] Edited(byte[] body)
    {
        var at = random.Next(body.Length + 1);
        var cut = random.Next(4) == 0 ? random.Next(body.Length - at + 1) : Math.Min(random.Next(8), body.Length - at);
        var put = new byte[random.Next(12)];
        for (var i = 0; i < put.Length; i++) put[i] = Pick(Ingredients);
        return [.. body.AsSpan(0, at), .. put, .. body.AsSpan(at + cut)];
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(property => property.Value).SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];

    private T Pick<T>(List<T> values) => values[random.Next(values.Count)];
}
