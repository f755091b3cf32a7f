using System.Text;
using Changeling.Events;
using Changeling.Events.Json;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>Which format a record is taken for, by the names of its properties.</summary>
public class FormatTableTests
{
    [Theory]
    [InlineData("defender-xdr", """{"category":"AdvancedHunting-DeviceInfo","properties":{}}""")]
    [InlineData("none", """{"category":"AdvancedHunting-DeviceInfo","properties":"{}"}""")]
    [InlineData("none", """{"category":"SignInLogs","properties":{}}""")]
    [InlineData("ocsf", """{"class_uid":1007}""")]
    [InlineData("ocsf", """{"class_uid":"1007"}""")]
    [InlineData("none", """{"class_uid":"process"}""")]
    [InlineData("defender-table", """{"Type":"DeviceProcessEvents","TimeGenerated":""}""")]
    [InlineData("defender-table", """{"ActionType":"x","DeviceId":"d"}""")]
    [InlineData("la-windowsevent", """{"Provider":"x","EventData":null,"RawEventData":"<Event/>"}""")]
    [InlineData("winlogbeat", """{"winlog.event_id":"1","event.code":"1","process.name":"x"}""")]
    [InlineData("flat-windows", """{"Type":"SecurityEvent","TimeGenerated":"","EventID":4688}""")]
    [InlineData("flat-windows", """{"EventID":4688,"SourceName":"x","event":{"original":""},"@timestamp":"","ecs":{"version":"8"}}""")]
    [InlineData("sentinelone", """{"meta.event.name":"x","event.type":"y","process.unique.key":"z"}""")]
    [InlineData("sentinelone", """{"tgt":{"process":{}}}""")]
    [InlineData("winevent-json", """{"System":{},"event":{"original":""},"@timestamp":""}""")]
    [InlineData("winevent-json", """{"Event.System.EventID":1}""")]
    [InlineData("fluentbit", """{"ProviderName":"x","EventData":["a"],"event":{},"@timestamp":""}""")]
    [InlineData("crowdstrike-fdr", """{"event_simpleName":"ProcessRollup2"}""")]
    [InlineData("asim", """{"Type":"ASimProcessEventLogs"}""")]
    [InlineData("asim", """{"EventSchema":"ProcessEvent"}""")]
    [InlineData("asim", """{"TargetProcessName":"a","ActingProcessName":"b","Type":"x","TimeGenerated":""}""")]
    [InlineData("defender-table", """{"ActionType":"x","InitiatingProcessFileName":"b","Type":"DeviceEvents","TimeGenerated":""}""")]
    [InlineData("la-windowsevent", """{"Type":"WindowsEvent","EventID":1,"Channel":"x"}""")]
    [InlineData("la-windowsevent", """{"Provider":"x","EventData":{},"EventID":1,"Channel":"x"}""")]
    [InlineData("la-windowsevent", """{"Provider":"x","EventData":"{}"}""")]
    [InlineData("la-event", """{"Type":"Event","EventID":1,"Source":"Microsoft-Windows-Sysmon"}""")]
    [InlineData("la-event", """{"Source":"x","EventLog":"y","EventData":"<DataItem/>","EventID":1}""")]
    [InlineData("winlogbeat", """{"winlog":{},"event":{},"@timestamp":""}""")]
    [InlineData("winlogbeat-6", """{"event_data":{},"source_name":"x","@timestamp":""}""")]
    [InlineData("winlogbeat-6", """{"event_data":{},"log_name":"x"}""")]
    [InlineData("ecs", """{"event":{},"@timestamp":""}""")]
    [InlineData("ecs", """{"event":{},"ecs":{}}""")]
    [InlineData("ecs", """{"process.name":"x","event.type":"start"}""")]
    [InlineData("none", """{"event":{}}""")]
    [InlineData("fluentbit", """{"ProviderName":"x","StringInserts":[],"EventID":4688,"Channel":"Security"}""")]
    [InlineData("fluentbit", """{"System":"<Event xmlns='x'>","Message":""}""")]
    [InlineData("winevent-json", """{"System":{},"EventData":{}}""")]
    [InlineData("winevent-json", """{"Event":{"System":{}}}""")]
    [InlineData("sentinelone", """{"meta.event.name":"PROCESSCREATION"}""")]
    [InlineData("sentinelone", """{"tgt.process.pid":1}""")]
    [InlineData("flat-windows", """{"EventID":1,"SourceName":"x"}""")]
    [InlineData("flat-windows", """{"EventID":1,"EventSourceName":"x","Type":"SecurityEvent","TimeGenerated":""}""")]
    [InlineData("flat-windows", """{"EventID":1,"Image":"x"}""")]
    [InlineData("flat-windows", """{"EventID":1,"NewProcessName":"x"}""")]
    [InlineData("flat-windows", """{"EventID":1,"ProviderGuid":"x"}""")]
    [InlineData("otel", """{"body":{"stringValue":"x"},"timeUnixNano":"1"}""")]
    [InlineData("otel", """{"event_id":{"id":1},"provider":{"name":"x"},"computer":"y"}""")]
    [InlineData("otel", """{"resourceLogs":[]}""")]
    [InlineData("none", """{"body":"x"}""")]
    [InlineData("splunk-hec", """{"event":"<Event>","sourcetype":"XmlWinEventLog"}""")]
    [InlineData("splunk-hec", """{"event":{},"time":1,"host":"x"}""")]
    [InlineData("ecs", """{"event":{},"@timestamp":"","sourcetype":"x"}""")]
    [InlineData("none", """{"event":1,"sourcetype":"x"}""")]
    [InlineData("wazuh", """{"data":{"win":{"system":{}}}}""")]
    [InlineData("wazuh", """{"win":{"system":{}}}""")]
    [InlineData("none", """{"data":{"win":{}}}""")]
    [InlineData("vector", """{"event_id":1,"provider_name":"x","channel":"y","computer":"z","event_data":{}}""")]
    [InlineData("winlogbeat-6", """{"event_id":1,"source_name":"x","provider_name":"x","channel":"y","computer":"z","event_data":{}}""")]
    [InlineData("gelf", """{"short_message":"x","host":"y","_EventID":1}""")]
    [InlineData("none", """{"short_message":"x","host":"y"}""")]
    [InlineData("fluentbit", """{"StringInserts":[],"SourceName":"x","ComputerName":"y","EventID":1}""")]
    [InlineData("get-winevent", """{"Id":1,"ProviderName":"x","MachineName":"y","TimeCreated":""}""")]
    [InlineData("evtxecmd", """{"Payload":"","EventId":1,"Provider":"x","Channel":"y"}""")]
    [InlineData("chainsaw", """{"document":{"data":{"Event":{"System":{}}}}}""")]
    [InlineData("hayabusa", """{"RuleTitle":"x","EventID":1,"Channel":"Sysmon","Computer":"y"}""")]
    [InlineData("crowdstrike-fdr", """{"#event_simpleName":"ProcessRollup2"}""")]
    [InlineData("carbon-black", """{"type":"endpoint.event.filemod","org_key":"x","device_id":1}""")]
    [InlineData("carbon-black", """{"type":"watchlist.hit","org_key":"x","device_id":1}""")]
    [InlineData("none", """{"type":"watchlist.hit","org_key":"x"}""")]
    [InlineData("harfanglab", """{"log_type":"network","agent":{"agentid":"x"}}""")]
    [InlineData("winlogbeat-6", """{"log_type":"wineventlog","agent":{"agentid":"x"},"event_data":{},"source_name":"y"}""")]
    [InlineData("none", """{"EventID":1}""")]
    [InlineData("none", """{"eventid":1,"sourcename":"x"}""")]
    [InlineData("la-other", """{"Type":"Heartbeat","TimeGenerated":""}""")]
    [InlineData("none", """{"Type":"Heartbeat"}""")]
    [InlineData("none", "{}")]
    public void The_first_row_that_matches_names_the_format(string format, string record)
    {
        using var json = JsonRows.TryParse(Encoding.UTF8.GetBytes(record), maxDepth: 64);

        var row = FormatTable.Find(json!.Root);

        Assert.Equal(format, row?.Format ?? "none");
    }

    [Fact]
    public void Every_format_is_named_once_and_has_a_golden_launch()
    {
        var constants = typeof(SourceFormats).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Equal(constants.Except([SourceFormats.LogAnalyticsOther]).Order(StringComparer.Ordinal), SourceFormats.All);
        Assert.Equal(SourceFormats.All, GoldenLaunch.Messages.Keys.Select(GoldenLaunch.Format).Distinct().Order(StringComparer.Ordinal));
    }
}
