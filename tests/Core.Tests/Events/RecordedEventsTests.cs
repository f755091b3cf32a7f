using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>Events that real Windows hosts recorded, read and compared with what the corpus says of each.</summary>
public class RecordedEventsTests
{
    private const int EventsInAFile = 200;
    private const int RecordedRows = 5800;

    private static readonly MessageReader Reader = new(new MessageLimits());

    [Theory]
    [InlineData("sysmon_winlogbeat.jsonl")]
    [InlineData("security_4688.jsonl")]
    public void Every_recorded_event_is_read_as_the_corpus_says(string file)
    {
        var recorded = Corpus.Rows("recorded.jsonl.gz").ToLookup(row => Canonical(row.GetProperty("raw")));
        var lines = Corpus.Lines("native", file).ToList();

        var differences = lines.SelectMany((line, index) => Differences(line, recorded).Select(d => $"line {index + 1}: {d}")).ToList();

        Assert.Equal(EventsInAFile, lines.Count);
        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void So_is_every_other_event_of_the_corpus()
    {
        var rows = Corpus.Rows("recorded.jsonl.gz").ToList();

        var differences = rows.SelectMany((row, index) =>
            Differences(row, row.GetProperty("raw").GetRawText()).Select(d => $"row {index + 1}: {d}")).ToList();

        Assert.Equal(RecordedRows, rows.Count);
        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences.Take(200))}");
    }

    private static IEnumerable<string> Differences(string line, ILookup<string, JsonElement> recorded)
    {
        var rows = recorded[Canonical(JsonDocument.Parse(line).RootElement)].ToList();
        return rows.Count == 0 ? ["the corpus has no such row"] : Differences(rows[0], line);
    }

    private static IEnumerable<string> Differences(JsonElement row, string message) =>
        Reader.Read(Encoding.UTF8.GetBytes(message)) is [RecordOutcome.Read { Event: var read }]
            ? RecordedRow.Differences(row, read)
            : ["was not read"];

    private static string Canonical(JsonElement value) => Sorted(JsonNode.Parse(value.GetRawText()))?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o =>
            new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
