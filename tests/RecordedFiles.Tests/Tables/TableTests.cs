using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.RecordedFiles.Tests.Tables;

/// <summary>Rows that portals export as CSV are read as the tables' own rows.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("defender-table")]
    [InlineData("flat-windows.security-event")]
    [InlineData("la-event")]
    [InlineData("la-windowsevent")]
    [InlineData("asim")]
    public void A_launch_is_the_same_in_an_export_and_in_its_row(string golden)
    {
        var row = Row(GoldenLaunch.Messages[golden]);
        var csv = Csv(row.Select(c => c.Key), row.Select(c => c.Value));

        var message = Assert.Single(Read.All(Encoding.UTF8.GetBytes(csv), "query_data.csv"));

        var reader = new MessageReader(new MessageLimits());
        var fromRow = Assert.Single(reader.Read(JsonSerializer.SerializeToUtf8Bytes(row)).OfType<RecordOutcome.Read>()).Event;
        var fromCsv = Assert.Single(reader.Read(message.Body).OfType<RecordOutcome.Read>()).Event;
        Assert.Equivalent(fromRow, fromCsv, strict: true);
    }

    [Fact]
    public void The_zone_in_a_header_of_Log_Analytics_is_applied_to_its_times()
    {
        const string csv = "\"TimeGenerated [UTC]\",\"Computer\",\"EventID\"\n\"11/3/2026, 9:14:27.384 AM\",\"ws-0417\",\"4688\"\n";

        Assert.Equal(
            """{"TimeGenerated":"2026-11-03T09:14:27.3840000Z","Computer":"ws-0417","EventID":"4688"}""", Assert.Single(Texts(csv)));
    }

    [Theory]
    [InlineData("TimeGenerated [UTC+2]", "11/3/2026 11:14:27 PM", "2026-11-03T21:14:27.0000000Z")]
    [InlineData("TimeGenerated [UTC-05:30]", "11/3/2026, 9:14:27 AM", "2026-11-03T14:44:27.0000000Z")]
    [InlineData("Timestamp", "Nov 3, 2026 9:14:27 AM", "2026-11-03T09:14:27.0000000Z")]
    [InlineData("Timestamp", "2026-11-03T09:14:27.3840000Z", "2026-11-03T09:14:27.3840000Z")]
    [InlineData("Timestamp", "3.11.2026 09:14:27", "3.11.2026 09:14:27")]
    public void Times_as_the_portals_write_them_become_ISO_8601(string header, string time, string expected)
    {
        var json = Assert.Single(Texts($"\"{header}\",ActionType\n\"{time}\",ProcessCreated\n"));

        Assert.Equal(expected, JsonDocument.Parse(json).RootElement.EnumerateObject().First().Value.GetString());
    }

    [Fact]
    public void Quoted_line_breaks_quotation_marks_and_separators_belong_to_their_cell()
    {
        const string csv = "Timestamp,ActionType,ProcessCommandLine\r\nt,ProcessCreated,\"cmd /c \"\"a,b\"\"\r\nwhoami\"\r\nu,ProcessCreated,x\r\n";

        var messages = Read.All(Encoding.UTF8.GetBytes(csv));

        Assert.Equal([2, 4], messages.Select(m => m.Number));
        Assert.Equal(
            "cmd /c \"a,b\"\r\nwhoami", JsonDocument.Parse(messages[0].Body).RootElement.GetProperty("ProcessCommandLine").GetString());
    }

    [Fact]
    public void JSON_in_a_cell_stays_the_text_that_the_readers_expect()
    {
        var json = Assert.Single(Texts("Timestamp,ActionType,AdditionalFields\nt,ProcessCreated,\"{\"\"a\"\":[1,2]}\"\n"));

        Assert.Equal("""{"a":[1,2]}""", JsonDocument.Parse(json).RootElement.GetProperty("AdditionalFields").GetString());
    }

    [Fact]
    public void An_empty_cell_and_a_missing_one_are_null()
    {
        Assert.Equal(
            ["""{"Timestamp":"t","ActionType":null,"FileName":null}"""], Texts("Timestamp,ActionType,FileName\nt,\n"));
    }

    [Fact]
    public void A_row_with_too_many_cells_is_counted_and_the_next_is_read()
    {
        var messages = Read.All("Timestamp,ActionType\na,b,c\nd,e\n"u8.ToArray());

        Assert.Equal("a row has 3 cells, and the header 2", messages[0].Damage);
        Assert.Equal(2, messages[0].Number);
        Assert.Equal("""{"Timestamp":"d","ActionType":"e"}""", messages[1].Text());
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_counted()
    {
        var messages = Read.All("Timestamp,ActionType\na,b\nc,\"d\ne,f\n"u8.ToArray());

        Assert.Equal("""{"Timestamp":"a","ActionType":"b"}""", messages[0].Text());
        Assert.Equal(2, messages.Count);
        Assert.Equal(3, messages[1].Number);
    }

    [Fact]
    public void The_event_in_a_row_of_Splunk_is_the_message()
    {
        Assert.Equal(
            ["<Event><System/></Event>"],
            Texts("_time,host,_raw\n2026-11-03T09:14:27.384+0000,ws-0417,\"<Event><System/></Event>\"\n"));
    }

    [Theory]
    [InlineData("Timestamp;ActionType;FileName\na;b;c\n")]
    [InlineData("Timestamp\tActionType\tFileName\na\tb\tc\n")]
    [InlineData("\uFEFFTimestamp,ActionType,FileName\r\na,b,c")]
    public void Other_separators_and_a_mark_at_the_beginning_are_read(string csv)
    {
        Assert.Equal(["""{"Timestamp":"a","ActionType":"b","FileName":"c"}"""], Texts(csv));
    }

    [Fact]
    public void UTF_16_is_read()
    {
        byte[] csv = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Timestamp,ActionType\nä,b\n")];

        Assert.Equal("ä", JsonDocument.Parse(Assert.Single(Read.All(csv)).Body).RootElement.GetProperty("Timestamp").GetString());
    }

    [Theory]
    [InlineData("Nov 3 09:14:27 ws-0417 EventID=4688, Computer=ws\n")]
    [InlineData("one line, with words, and commas\n")]
    [InlineData("{\"Timestamp\":1,\"ActionType\":2}\n")]
    public void Text_that_is_not_a_table_stays_text(string text)
    {
        Assert.Equal([text.Trim()], Texts(text));
    }

    [Fact]
    public void A_file_that_is_named_so_is_a_table_with_any_columns()
    {
        Assert.Equal(["""{"a":"1","b":"2"}"""], Read.Texts("a,b\n1,2\n"u8.ToArray(), "x.csv"));
    }

    private static IReadOnlyList<string> Texts(string csv) => Read.Texts(Encoding.UTF8.GetBytes(csv));

    private static Dictionary<string, string> Row(string golden)
    {
        using var document = JsonDocument.Parse(golden);
        var row = document.RootElement.TryGetProperty("records", out var records) ? records[0] : document.RootElement;
        return row.EnumerateObject().ToDictionary(
            p => p.Name,
            p => p.Value.ValueKind switch
            {
                JsonValueKind.String => p.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => p.Value.GetRawText(),
            });
    }

    private static string Csv(params IEnumerable<string>[] rows) => string.Concat(
        rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
}
