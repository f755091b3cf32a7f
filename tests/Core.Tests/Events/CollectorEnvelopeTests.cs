using System.Text;
using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>Envelopes that collectors put around Windows events: OpenTelemetry, Splunk, Wazuh, Vector, GELF.</summary>
public class CollectorEnvelopeTests
{
    private static readonly JsonNode LogRecord = LogRecordOf("otel");

    [Fact]
    public void Every_log_record_of_every_scope_of_every_resource_is_a_record_of_its_own()
    {
        var record = LogRecord.ToJsonString();
        var scopes = $$"""{"scopeLogs":[{"logRecords":[{{record}},{{record}}]},{"logRecords":[{{record}}]}]}""";

        Assert.Equal("read read read read read read", Reading.Words(Reading.All($$"""{"resourceLogs":[{{scopes}},{{scopes}}]}""")));
    }

    [Fact]
    public void Collectors_before_2022_name_the_scopes_otherwise()
    {
        var record = LogRecord.ToJsonString();

        GoldenEvent.AssertSame(
            Reading.Event($$"""{"resourceLogs":[{"instrumentationLibraryLogs":[{"logRecords":[{{record}}]}]}]}"""));
    }

    [Theory]
    [InlineData("""5""", "unknown_format")]
    [InlineData("""{"scopeLogs":[{"logRecords":{}}]}""", "unknown_format")]
    [InlineData("""{"scopeLogs":[{"logRecords":[{"severityNumber":9,"body":{"kvlistValue":{"values":[]}}}]}]}""", "unknown_format")]
    [InlineData("""{"scopeLogs":[{"logRecords":[{"severityNumber":9,"body":{"stringValue":"<Event><Sys"}}]}]}""", "not_xml")]
    [InlineData("""{"scopeLogs":[{"logRecords":[{"severityNumber":9,"body":{"stringValue":"Nov 3 cron started"}}]}]}""", "skipped")]
    [InlineData("""{"scopeLogs":[{"logRecords":[]}]}""", "skipped")]
    public void No_part_of_an_envelope_is_lost_without_a_count(string resource, string word) =>
        Assert.Equal(word, Reading.Words(Reading.All($$"""{"resourceLogs":[{{resource}}]}""")));

    [Fact]
    public void A_log_record_that_is_nested_too_deeply_takes_only_its_envelope_with_it()
    {
        var deep = $"{{\"resourceLogs\":[{{\"a\":{new string('[', 100)}{new string(']', 100)}}}]}}";

        Assert.Equal("too_deep read", Reading.Words(Reading.All($"[{deep},{GoldenLaunch.Messages["otel"]}]")));
    }

    [Fact]
    public void The_limit_of_records_counts_log_records()
    {
        var record = LogRecord.ToJsonString();
        var body = Reading.Bytes($$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{record}},{{record}},{{record}}]}]}]}""");

        Assert.Equal("too_many_records", Reading.Words(new MessageReader(new MessageLimits { MaxRecords = 2 }).Read(body)));
    }

    [Fact]
    public void The_envelope_does_not_make_two_events_of_one() =>
        Assert.Equal(
            Reading.Event(GoldenLaunch.Messages["winevent-xml"]).SourceIdentity,
            Reading.Event(GoldenLaunch.Messages["splunk-hec"]).SourceIdentity);

    [Theory]
    [InlineData("\"event\": \"<Event><System/>\"", "not_xml")]
    [InlineData("\"event\": \"{\"", "not_json")]
    [InlineData("\"event\": \"some line\"", "unknown_format")]
    [InlineData("\"event\": {\"hello\":1}", "unknown_format")]
    [InlineData("\"event\": {\"event\":{},\"sourcetype\":\"x\"}", "unknown_format")]
    [InlineData("\"event\": {\"winlog\":{\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_id\":5}}", "skipped")]
    [InlineData("\"event\": {\"winlog\":{\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_id\":1}}", "missing_field")]
    public void What_a_Splunk_envelope_holds_decides(string @event, string word) =>
        Assert.Equal(word, Reading.Words(Reading.All($$"""{"time":1793697267.384,"host":"x","sourcetype":"y",{{@event}}}""")));

    [Fact]
    public void A_dead_event_keeps_its_whole_envelope_so_that_it_can_be_sent_again()
    {
        var body = """{"sourcetype":"x","event":{"winlog":{"provider_name":"Microsoft-Windows-Sysmon","event_id":1}}}""";

        Assert.Equal(body, Encoding.UTF8.GetString(Reading.Unreadable(body).Body.Bytes.Span));
    }

    [Fact]
    public void Wazuh_s_second_escaping_is_undone_and_a_share_s_two_backslashes_stay()
    {
        var wazuh = JsonNode.Parse(GoldenLaunch.Messages["wazuh"])!;
        wazuh["data"]!["win"]!["eventdata"]!["commandLine"] = "certutil \\\\\\\\srv\\\\tools\\\\x.txt \\\"a b\\\"";

        Assert.Equal("""certutil \\srv\tools\x.txt "a b" """.Trim(), Reading.Event(wazuh.ToJsonString()).Child.CommandLine);
        wazuh = JsonNode.Parse(GoldenLaunch.Messages["wazuh.archive"])!;
        wazuh["data"]!["win"]!["eventdata"]!["commandLine"] = """certutil \\srv\tools\x.txt "a\\b" """.Trim();
        Assert.Equal("""certutil \\srv\tools\x.txt "a\\b" """.Trim(), Reading.Event(wazuh.ToJsonString()).Child.CommandLine);
    }

    [Fact]
    public void Vector_s_event_may_be_only_its_XML()
    {
        var vector = JsonNode.Parse(GoldenLaunch.Messages["vector"])!.AsObject();
        vector.Remove("event_data");
        vector["xml"] = LogRecordOf("otel.raw")["body"]!["stringValue"]!.GetValue<string>();

        Assert.Equal(Reading.Event(GoldenLaunch.Messages["vector"]), Reading.Event(vector.ToJsonString()));
    }

    [Theory]
    [InlineData("otel.body", "\"id\": 1", "\"id\": 5")]
    [InlineData("splunk-hec", "<EventID>4688", "<EventID>4689")]
    [InlineData("wazuh", "\"eventID\": \"1\"", "\"eventID\": \"5\"")]
    [InlineData("vector", "\"event_id\": 1", "\"event_id\": 5")]
    [InlineData("gelf", "4688", "4689")]
    [InlineData("fluentbit.winlog", "4688", "4689")]
    [InlineData("get-winevent", "4688", "4689")]
    [InlineData("snare", "\t4688\t", "\t4689\t")]
    [InlineData("key-value", "EventID=1,", "EventID=5,")]
    [InlineData("evtxecmd", "4688", "4689")]
    [InlineData("chainsaw", "\"EventID\": 1", "\"EventID\": 5")]
    [InlineData("hayabusa", "\"EventID\": 1", "\"EventID\": 5")]
    [InlineData("crowdstrike-fdr.logscale", "\"ProcessRollup2\"", "\"DnsRequest\"")]
    [InlineData("crowdstrike-fdr.logscale", "\"Win\"", "\"Mac\"")]
    [InlineData("carbon-black", "event.procstart", "event.netconn")]
    [InlineData("carbon-black", "endpoint.event.procstart", "WATCHLIST")]
    [InlineData("carbon-black", "WINDOWS", "LINUX")]
    [InlineData("harfanglab", "\"process\"", "\"network\"")]
    [InlineData("harfanglab", "\"windows\"", "\"linux\"")]
    public void What_is_no_launch_on_Windows_is_skipped_by_a_known_name(string sender, string text, string replacement)
    {
        var skipped = Reading.Skipped(GoldenLaunch.Messages[sender].Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal(GoldenLaunch.Format(sender), skipped.Format);
        Assert.NotEqual(SkippedKinds.Other, skipped.Kind);
    }

    private static JsonNode LogRecordOf(string sender) =>
        JsonNode.Parse(GoldenLaunch.Messages[sender])!["resourceLogs"]![0]!["scopeLogs"]![0]!["logRecords"]![0]!;
}
