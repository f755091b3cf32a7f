using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>What shippers add to a record does not change its format, and what may be a launch is never skipped.</summary>
public class DecorationTests
{
    public static TheoryData<string> JsonSenders => Launch.JsonSenders;

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void What_a_shipper_adds_does_not_change_the_format(string sender)
    {
        var record = Launch.Record(sender);
        record.TryAdd("ecs", new JsonObject { ["version"] = "8.11.0" });
        record.TryAdd("@timestamp", "2026-11-03T09:14:27.3840000Z");
        record.TryAdd("@version", "1");
        record.TryAdd("agent", new JsonObject { ["type"] = "filebeat", ["hostname"] = "collector" });
        record.TryAdd("tags", new JsonArray("_added"));
        record.TryAdd("host", new JsonObject { ["name"] = "collector" });
        record.TryAdd("message", "A launch.");
        if (!record.ContainsKey("event.category") && record["event"] is not JsonValue)
            Launch.Set(record, "event.original", "{\"EventID\":4624}");

        // An envelope around an object looks like the shipper's own; the event in it is read all the same.
        Launch.AssertRead(record.ToJsonString(), sender == "splunk-hec.object" ? null : GoldenLaunch.Format(sender));
    }

    [Theory]
    [InlineData("flat-windows.nxlog")]
    [InlineData("la-windowsevent")]
    [InlineData("fluentbit.map")]
    [InlineData("winevent-json")]
    [InlineData("defender-table")]
    [InlineData("sentinelone")]
    [InlineData("crowdstrike-fdr")]
    public void A_copy_of_the_process_does_not_change_the_format_or_the_launch(string sender)
    {
        var record = Launch.Record(sender);
        record["@timestamp"] = "2026-11-03T09:14:27.3840000Z";
        record["event"] = new JsonObject { ["kind"] = "event", ["module"] = "custom" };
        record["process"] = new JsonObject { ["name"] = "copy.exe", ["executable"] = @"C:\copy.exe", ["pid"] = 4 };
        record["process.unique.key"] = "1";
        record["event.module"] = "custom";

        Launch.AssertRead(record.ToJsonString(), GoldenLaunch.Format(sender));
    }

    [Theory]
    [InlineData("a process without a category", """{"@timestamp":"x","event":{"module":"x"},"process":{"executable":"C:\\a.exe"}}""")]
    [InlineData("a process without a type", """{"@timestamp":"x","event":{"category":"process"},"process":{"name":"a.exe"}}""")]
    [InlineData("an event without its number", """{"EventID":null,"Channel":"Security","Computer":"a","SubjectUserName":"b"}""")]
    [InlineData("a number that is none", """{"winlog":{"event_id":"one","provider_name":"Microsoft-Windows-Sysmon","event_data":{"Image":"C:\\a.exe"}}}""")]
    [InlineData("4688 of nobody", """{"System":{"EventID":4688},"EventData":{}}""")]
    [InlineData("event 1 of nobody", """{"winlog":{"event_id":1,"event_data":{"Image":"C:\\a.exe"}}}""")]
    [InlineData("a row without its action", """{"ActionType":null,"DeviceName":"a","ProcessCommandLine":"b"}""")]
    [InlineData("ASIM without a type", """{"Type":"ASimProcessEventLogs","TimeGenerated":"2026-11-03T09:14:27Z"}""")]
    [InlineData("SentinelOne without a type", """{"tgt.process.name":"a.exe"}""")]
    [InlineData("OCSF without an activity", """{"class_uid":1007}""")]
    [InlineData("CrowdStrike without a name", """{"event_simpleName":null,"ImageFileName":"a"}""")]
    public void What_may_be_a_launch_is_a_dead_letter(string what, string body)
    {
        var outcome = Assert.Single(Reading.All(body));

        Assert.True(outcome is RecordOutcome.Unreadable { Reason: DeadLetterReasons.MissingField }, $"{what}: {outcome}");
    }

    [Theory]
    [InlineData("no category", """{"@timestamp":"2026-11-03T09:14:27Z","event":{"module":"system","dataset":"system.cpu"},"ecs":{}}""")]
    [InlineData("event 4624", """{"System":{"EventID":4624},"EventData":{}}""")]
    [InlineData("event 4624", """{"@timestamp":"x","event":{"code":"4624","provider":"Microsoft-Windows-Security-Auditing"}}""")]
    [InlineData("event of another provider", """{"winlog":{"event_id":1,"provider_name":"Microsoft-Windows-WMI"}}""")]
    [InlineData("process activity 2", """{"type_uid":100702,"class_uid":1007}""")]
    public void What_certainly_is_no_launch_is_skipped(string kind, string body) => Assert.Equal(kind, Reading.Skipped(body).Kind);
}
