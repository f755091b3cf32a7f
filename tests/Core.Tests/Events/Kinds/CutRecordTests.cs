using System.Text;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>A cut or unreadable tail does not discard what is before it.</summary>
public class CutRecordTests
{
    private const int Cap = 32 * 1024;

    private static readonly string Padding = string.Concat(Enumerable.Repeat("QmFzZTY0", 8 * 1024));

    private static readonly string One = Launch.Record("winlogbeat").ToJsonString();

    [Theory]
    [InlineData("la-event", "EventData")]
    [InlineData("la-windowsevent", "EventData")]
    [InlineData("fluentbit.xml", "System")]
    public void A_field_that_is_cut_behind_a_long_command_line_is_scored(string sender, string field)
    {
        var record = Launch.Record(sender);
        var text = record[field] is System.Text.Json.Nodes.JsonObject data ? data.ToJsonString() : (string)record[field]!;
        record[field] = text.Replace("-urlcache", Padding, StringComparison.Ordinal)[..Cap];

        AssertCut(Reading.Event(record.ToJsonString()));
    }

    [Theory]
    [InlineData("winlogbeat")]
    [InlineData("flat-windows.nxlog")]
    [InlineData("defender-table")]
    [InlineData("ecs")]
    [InlineData("winevent-xml")]
    [InlineData("winevent-xml.sysmon")]
    public void A_message_that_is_cut_behind_a_long_command_line_is_scored(string sender)
    {
        var launch = GoldenLaunch.Messages[sender].ReplaceLineEndings(" ").Replace("-urlcache", Padding, StringComparison.Ordinal)[..Cap];

        AssertCut(Reading.Event(launch));
        AssertCut(Reading.Event($"{{\"message\": {Launch.Quoted(launch)}}}"));
        AssertCut(Reading.Event($"{{\"message\": {Launch.Quoted(launch)}"[..^100]));
        var header = Reading.All($"<13>Nov  3 09:14:27 relay {launch}\n<13>Nov  3 09:14:27 relay {GoldenLaunch.Messages["winevent-xml"].Trim()}");
        Assert.Equal("read read", Reading.Words(header));
    }

    [Fact]
    public void A_cut_line_leaves_its_neighbours_whole() =>
        Assert.Equal(
            [EventNotes.None, EventNotes.RecordCut, EventNotes.None],
            Reading.All($"{One}\n{One[..^3]}\n{One}").Cast<RecordOutcome.Read>().Select(read => read.Event.Notes));

    [Theory]
    [InlineData("[ONE,ONE", "read read not_json")]
    [InlineData("{\"records\":[ONE,ONE,CUT", "read read read")]
    [InlineData("[{\"records\":[ONE,CUT", "read read")]
    [InlineData("[ONE,{\"EventID\":46", "read not_json")]
    [InlineData("[ONE,\"bad \\q\",ONE]", "read not_json")]
    [InlineData("{\"records\":[ONE,BAD,ONE]}", "read read not_json")]
    [InlineData("{\"records\":[", "not_json")]
    [InlineData("{\"EventID\":4624,\"Channel\":\"Security\"", "not_json")]
    public void Records_before_the_cut_are_read_and_the_rest_is_counted(string body, string outcomes)
    {
        var text = body
            .Replace("ONE", One, StringComparison.Ordinal)
            .Replace("CUT", One[..^3], StringComparison.Ordinal)
            .Replace("BAD", One[..^1] + ",\"x\":\"\\q\"}", StringComparison.Ordinal);

        Assert.Equal(outcomes, Reading.Words(Reading.All(text)));
    }

    [Fact]
    public void The_rest_behind_an_unreadable_place_is_kept_whole()
    {
        var tail = Assert.IsType<RecordOutcome.Unreadable>(Reading.All($"[{One},?,{One}]")[1]);

        Assert.EndsWith($"?,{One}]", Encoding.UTF8.GetString(tail.Body.Bytes.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&unknown;", "")]
    [InlineData(" & ", "")]
    [InlineData("<b", "")]
    public void An_event_that_is_not_well_formed_at_some_place_is_read_before_it(string fault, string kept)
    {
        var read = Reading.Event(GoldenLaunch.Messages["winevent-xml"].Replace(
            " -split", fault + " -split", StringComparison.Ordinal));

        Assert.Equal("certutil.exe", read.Child.Name);
        Assert.StartsWith("certutil.exe -urlcache" + kept, read.Child.CommandLine, StringComparison.Ordinal);
        Assert.True(read.Notes.HasFlag(EventNotes.RecordCut));
    }

    [Fact]
    public void What_is_cut_and_may_be_anything_is_a_dead_letter_and_no_path_is_half()
    {
        var xml = GoldenLaunch.Messages["winevent-xml"];
        var half = xml[..(xml.IndexOf("certutil.exe", StringComparison.Ordinal) + 4)];
        var path = "\"Image\":\"C:\\\\Windows\\\\System32\\\\cert";
        var json = One[..(One.IndexOf(path, StringComparison.Ordinal) + path.Length)];

        Assert.Equal(DeadLetterReasons.NotXml, Reading.Unreadable(half).Reason);
        Assert.All(Reading.All(json), outcome => Assert.NotEqual("cert", (outcome as RecordOutcome.Read)?.Event.Child.Name));
    }

    private static void AssertCut(ProcessEvent read)
    {
        Assert.Equal("certutil.exe", read.Child.Name);
        Assert.StartsWith("certutil.exe QmFzZTY0QmFzZTY0", read.Child.CommandLine, StringComparison.Ordinal);
        Assert.True(read.Notes.HasFlag(EventNotes.RecordCut), $"{read.Notes}");
    }
}
