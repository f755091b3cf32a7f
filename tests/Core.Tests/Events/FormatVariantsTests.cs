using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>
/// The golden launch of every sender: wrapped as senders wrap, cut, with names in another case, with values that cannot be.
/// </summary>
public partial class FormatVariantsTests
{
    /// <summary>The rendered message of an event: a text that does not say where it ends.</summary>
    private const string RenderedText = "splunk-hec.text";

    /// <summary>The copy of the child's name in the launch of Winlogbeat, which is read only where the original is missing.</summary>
    private const string FilledByTheAgent = "filled-by-the-agent.exe";

    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    public static TheoryData<string> MarkedSenders =>
        [.. GoldenLaunch.Messages.Where(m => m.Value[0] is '{' or '<' && m.Key != RenderedText).Select(m => m.Key)];

    public static TheoryData<string> JsonSenders => [.. GoldenLaunch.Messages.Where(m => m.Value[0] == '{').Select(m => m.Key)];

    [Theory]
    [MemberData(nameof(Senders))]
    public void Every_encoding_and_wrapping_gives_the_same_event(string sender)
    {
        var launch = GoldenLaunch.Messages[sender];
        var expected = Reading.Event(launch);
        var utf8 = Reading.Bytes(launch);
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(launch)];
        List<byte[]> bodies = [utf8, [.. Encoding.UTF8.Preamble, .. utf8], utf16, PeelingTests.Gzipped(utf8), PeelingTests.Gzipped(utf16)];
        var wrapped = launch[0] switch { '<' => WrappedXml(launch), '{' => WrappedJson(launch), _ => WrappedText(launch) };
        bodies.AddRange(wrapped.Select(Reading.Bytes));

        foreach (var body in bodies)
        {
            var outcomes = Reading.All(body);
            Assert.All(outcomes, outcome => Assert.Equal(expected, Assert.IsType<RecordOutcome.Read>(outcome).Event));
        }
    }

    [Theory]
    [MemberData(nameof(MarkedSenders))]
    public void A_message_that_was_cut_anywhere_is_a_dead_letter_or_a_launch_as_far_as_it_goes(string sender)
    {
        var body = Reading.Bytes(GoldenLaunch.Messages[sender]);
        var gzipped = PeelingTests.Gzipped(body);
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(GoldenLaunch.Messages[sender])];

        for (var length = 1; length < body.Length; length++) AssertCut(sender, body[..length]);
        for (var length = 3; length < utf16.Length; length += 11) AssertCut(sender, utf16[..length]);
        for (var length = 3;
             length < gzipped.Length;
             length++) Assert.Equal(DeadLetterReasons.BadGzip, Reading.Words(Reading.All(gzipped[..length])));
    }

    /// <summary>A line of text does not say where it ends, so that a cut one is read as far as it goes.</summary>
    [Theory]
    [InlineData("snare")]
    [InlineData("key-value")]
    [InlineData(RenderedText)]
    public void A_line_of_text_that_was_cut_anywhere_names_no_other_host_and_no_other_child(string sender)
    {
        var body = Reading.Bytes(GoldenLaunch.Messages[sender]);
        for (var length = 1; length < body.Length; length++)
        {
            foreach (var outcome in Reading.All(body[..length]))
            {
                AssertNoFaultOfOurs(outcome);
                if (outcome is not RecordOutcome.Read { Event: var read }) continue;
                Assert.StartsWith(read.Host.Name, "ws-0417.corp.example", StringComparison.Ordinal);

                // The beginning of the next label is no other path.
                Assert.StartsWith(read.Child.Path?.Split("  ")[0] ?? "", @"C:\Windows\System32\certutil.exe", StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Senders))]
    public void A_name_in_another_case_is_another_name_and_no_other_field_takes_its_place(string sender)
    {
        var launch = GoldenLaunch.Messages[sender];
        foreach (var name in Names().Matches(launch).Select(match => match.Groups["name"].Value).Distinct())
        {
            foreach (var changed in new[] { name.ToUpperInvariant(), name.ToLowerInvariant() }.Where(c => c != name))
            {
                var pattern = $@"(?<=[""<])(?:{Regex.Escape(name)})(?=""\s*:|[\s>/])|(?<=Name=""){Regex.Escape(name)}(?="")";
                foreach (var outcome in Reading.All(Regex.Replace(launch, pattern, changed)))
                {
                    if (outcome is RecordOutcome.Read { Event: var read }) AssertAgrees(sender, read);
                    else AssertNoFaultOfOurs(outcome);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void Any_value_in_place_of_any_value_gives_an_outcome_and_no_fault_of_ours(string sender)
    {
        var places = Values(JsonNode.Parse(GoldenLaunch.Messages[sender])!).Count();
        for (var place = 0; place < places; place++)
        {
            foreach (var hostile in Mutations.HostileValues)
            {
                var root = JsonNode.Parse(GoldenLaunch.Messages[sender])!;
                Values(root).ElementAt(place).ReplaceWith(Mutations.HostileNode);
                foreach (var outcome in Reading.All(Mutations.WithHostileValue(root, hostile))) AssertNoFaultOfOurs(outcome);
            }
        }
    }

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void Numbers_may_be_texts_and_texts_numbers(string sender)
    {
        var texts = NumberValues().Replace(GoldenLaunch.Messages[sender], "$1\"$2\"");
        var numbers = NumberTexts().Replace(GoldenLaunch.Messages[sender], "$1$2");

        GoldenEvent.AssertSame(Reading.Event(texts));
        GoldenEvent.AssertSame(Reading.Event(numbers));
    }

    [Theory]
    [MemberData(nameof(Senders))]
    public void A_command_line_of_a_megabyte_is_read_whole_and_takes_some_times_its_length(string sender)
    {
        var body = Reading.Bytes(GoldenLaunch.Messages[sender].Replace("-urlcache", new string('x', 1 << 20), StringComparison.Ordinal));
        Reading.All(body);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = Assert.IsType<RecordOutcome.Read>(Assert.Single(Reading.All(body))).Event;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * body.Length);
        Assert.True(read.Child.CommandLine?.Length > 1 << 20);
    }

    private static IEnumerable<string> WrappedJson(string launch)
    {
        var line = launch.ReplaceLineEndings(" ");
        var record = JsonNode.Parse(launch)!["records"]?[0]?.ToJsonString() ?? line;
        return
        [
            $"{{\"records\":[{record},{record}]}}", $"[{record},{record}]", $"[{{\"records\":[{record}]}},{{\"records\":[{record}]}}]",
            $"{record}\n{record}\r\n{record}\n", $"{{\"records\":[{record}]}}\n{{\"records\":[{record}]}}", $"{record}{record}",
            $"<14>1 2026-11-03T09:14:27Z relay app - - - {record}\nNov  3 09:14:27 relay app[7]: {record}",
            JsonSerializer.Serialize(record), $"[{JsonSerializer.Serialize(record)},{record}]",
            $"{{\"records\":[{JsonSerializer.Serialize(record)}]}}",
        ];
    }

    private static IEnumerable<string> WrappedText(string launch)
    {
        var line = launch.TrimEnd();
        return [line, $"{line}\n{line}\r\n", $"<14>{line}", $"<14>1 2026-11-03T09:14:28Z relay app - - - {line}"];
    }

    private static IEnumerable<string> WrappedXml(string launch)
    {
        var e = launch[launch.IndexOf("<Event ", StringComparison.Ordinal)..(launch.LastIndexOf("</Event>", StringComparison.Ordinal) + 8)];
        return
        [
            e, $"{e}{e}", $"{e}\n{e}\n", $"<Events>{e}{e}</Events>", $"<?xml version=\"1.0\"?><Events xmlns=\"x\">\n{e}</Events>",
            JsonSerializer.Serialize(e), $"[{JsonSerializer.Serialize(e)}]", $"{{\"records\":[{JsonSerializer.Serialize(e)}]}}",
        ];
    }

    /// <summary>Of a launch, only the command lines may be short, and only of one that says that it is cut.</summary>
    private static void AssertCut(string sender, byte[] body)
    {
        foreach (var outcome in Reading.All(body))
        {
            if (outcome is RecordOutcome.Unreadable) AssertNoFaultOfOurs(outcome);
            else if (Assert.IsType<RecordOutcome.Read>(outcome).Event is { Notes: EventNotes.None } whole) GoldenEvent.AssertSame(whole);
            else AssertAgreesAsFarAsItGoes(sender, ((RecordOutcome.Read)outcome).Event);
        }
    }

    private static void AssertAgreesAsFarAsItGoes(string sender, ProcessEvent read)
    {
        Assert.True(read.Notes.HasFlag(EventNotes.RecordCut), $"{read.Notes}");
        var whole = Reading.Event(GoldenLaunch.Messages[sender]);
        Assert.StartsWith(WithoutHalfUnit(read.Child.CommandLine), whole.Child.CommandLine, StringComparison.Ordinal);
        Assert.StartsWith(WithoutHalfUnit(read.Parent?.CommandLine), whole.Parent?.CommandLine ?? "", StringComparison.Ordinal);
        var isGuessed = read.Notes.HasFlag(EventNotes.NameFromCommandLine);
        AssertAgrees(sender, read with
        {
            Child = read.Child with { CommandLine = null, Name = isGuessed ? whole.Child.Name : read.Child.Name },
            Parent = read.Parent is { } parent ? parent with { CommandLine = null } : null,
        });
    }

    /// <summary>Half a unit of UTF-16 becomes a replacement character.</summary>
    private static string WithoutHalfUnit(string? text) => text?.TrimEnd('\uFFFD') ?? "";

    /// <summary>Where the new process's account is not named, two formats fall back on the creator's, as they should.</summary>
    private static void AssertAgrees(string sender, ProcessEvent read)
    {
        if (GoldenLaunch.Format(sender) is SourceFormats.Asim or SourceFormats.Ocsf && read.User?.Name == "SYSTEM")
            read = read with { User = null };
        if (read.Child.Name == FilledByTheAgent)
            read = read with { Child = read.Child with { Name = "certutil.exe" }, Host = new("ws-0417") };
        if (read.Host.Name == read.Host.Id) read = read with { Host = new("ws-0417") };
        GoldenEvent.AssertAgrees(read, TimeSpan.FromSeconds(5));
    }

    private static void AssertNoFaultOfOurs(RecordOutcome outcome) =>
        Assert.NotEqual(DeadLetterReasons.InternalError, (outcome as RecordOutcome.Unreadable)?.Reason);

    private static IEnumerable<JsonNode> Values(JsonNode node) => node switch
    {
        JsonObject o => o.Select(property => property.Value).OfType<JsonNode>().SelectMany(v => Values(v).Prepend(v)),
        JsonArray a => a.OfType<JsonNode>().SelectMany(v => Values(v).Prepend(v)),
        _ => [],
    };

    [GeneratedRegex("""<(?<name>[A-Za-z]+)|Name="(?<name>[A-Za-z]+)"|"(?<name>[A-Za-z@_.]+)"\s*:""")]
    private static partial Regex Names();

    [GeneratedRegex("""(": )(\d+(?:\.\d+)?)(?=[,}\s])""")]
    private static partial Regex NumberValues();

    [GeneratedRegex("""(": )"([1-9]\d*(?:\.\d+)?)"(?=[,}\s])""")]
    private static partial Regex NumberTexts();
}
