using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary><c>docs/consuming.md</c> as its consumers read it: tables of fields, and the paths in the files that it names.</summary>
internal static partial class ConsumingDoc
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.Combine("docs", "consuming.md"));

    /// <summary>A column of a table, its type, and where its value stands.</summary>
    public sealed record Field(string Column, string Type, string Ocsf, string Ecs);

    /// <summary>The table of fields below a heading.</summary>
    public static IReadOnlyList<Field> Table(string heading) =>
    [
        .. Row().Matches(Section(heading))
            .Select(m => new Field(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value)),
    ];

    /// <summary>Column and path of a transformation in KQL that calls the message so.</summary>
    public static IEnumerable<(string Column, string Path)> OfKql(string block, string message) =>
        KqlColumn().Matches(KqlName().Replace(block, ".$1")).Where(m => m.Groups[2].Value == message)
            .Select(m => (m.Groups[1].Value, m.Groups[3].Value));

    /// <summary>Column and path of an ingestion mapping of Data Explorer.</summary>
    public static IReadOnlyList<(string Column, string Path)> OfMapping(string block) =>
    [
        .. JsonDocument.Parse(block).RootElement.EnumerateArray().Select(
            c => (c.GetProperty("column").GetString()!, c.GetProperty("Properties").GetProperty("Path").GetString()!)),
    ];

    /// <summary>Columns and types of a table of Data Explorer.</summary>
    public static IEnumerable<(string Column, string Type)> OfCreateTable(string block) =>
        AdxColumn().Matches(block).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    /// <summary>Column and path of a query of Stream Analytics that calls the message so.</summary>
    public static IEnumerable<(string Column, string Path)> OfSql(string block, string message) =>
        SqlColumn().Matches(block).Where(m => m.Groups[1].Value == message)
            .Select(m => (m.Groups[3].Value, m.Groups[2].Value.Replace("[desc]", "desc", StringComparison.Ordinal)));

    /// <summary>Column and path of a search of Splunk, without the filter by class. Indices begin at 0, as here.</summary>
    public static IEnumerable<(string Column, string Path)> OfSplunk(string block) =>
        SplunkColumn().Matches(block).Where(m => m.Groups[2].Value != "ClassUid")
            .Select(m => (m.Groups[2].Value, SplunkIndex().Replace(m.Groups[1].Value, "[$1]").Replace("{}", "", StringComparison.Ordinal)));

    /// <summary>The projection has the table's columns in its order, and gives the same values on every message.</summary>
    public static void AssertProjection(
        IReadOnlyList<Field> table, IEnumerable<(string Column, string Path)> projection, IEnumerable<JsonElement> messages)
    {
        var columns = projection.ToList();
        Assert.Equal(table.Select(t => t.Column), columns.Select(c => c.Column));
        foreach (var message in messages)
        {
            Assert.Equal(
                table.Select(t => JsonPath.Find(message, t.Ocsf)?.GetRawText()),
                columns.Select(c => JsonPath.Find(message, c.Path)?.GetRawText()));
        }
    }

    /// <summary>The page's text.</summary>
    public static string All => Text;

    /// <summary>Whether a value is of the type that the table gives.</summary>
    public static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "long" or "datetime" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "dynamic" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
        _ => false,
    };

    /// <summary>A value as text that is the same in both formats.</summary>
    public static string? TextOf(string type, JsonElement? value) => (type, value?.ValueKind) switch
    {
        (_, null) => null,
        ("datetime", JsonValueKind.Number) => DateTimeOffset.FromUnixTimeMilliseconds(value!.Value.GetInt64()).ToString("O"),
        ("datetime", _) => value!.Value.GetDateTimeOffset().ToString("O"),
        _ => value!.Value.GetRawText(),
    };

    private static string Section(string heading)
    {
        var start = Text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section '{heading}'");
        var end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Text[start..(end < 0 ? Text.Length : end)];
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \| `([^`]+)` \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^    (\w+) = (?:.*?\bto\w+\()?(\w)\.([\w.\[\]]+)\)?,$", RegexOptions.Multiline)]
    private static partial Regex KqlColumn();

    /// <summary>A name that is a word of the language: <c>d["time"]</c> for <c>d.time</c>.</summary>
    [GeneratedRegex(@"\[""(\w+)""\]")]
    private static partial Regex KqlName();

    [GeneratedRegex(@"(\w+): (\w+)")]
    private static partial Regex AdxColumn();

    [GeneratedRegex(@"^    .*?\b(\w)\.([\w.\[\]]+).* AS (\w+)", RegexOptions.Multiline)]
    private static partial Regex SqlColumn();

    [GeneratedRegex(@"^\| spath path=(\S+) output=(\w+)", RegexOptions.Multiline)]
    private static partial Regex SplunkColumn();

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex SplunkIndex();
}
