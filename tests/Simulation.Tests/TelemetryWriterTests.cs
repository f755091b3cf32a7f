using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Tests;

public class TelemetryWriterTests
{
    [Fact]
    public void Every_event_is_in_exactly_one_message_of_its_host()
    {
        var messages = TelemetryWriter.Write(Fleets.Attacked);

        Assert.Equal(Fleets.Attacked.Count, messages.SelectMany(m => m.Events).Distinct().Count());
        Assert.All(messages, m => Assert.All(m.Events, e => Assert.Equal(m.HostIndex, e.HostIndex)));
    }

    [Fact]
    public void Messages_come_in_order_and_after_their_events_and_never_many_minutes_late()
    {
        var messages = TelemetryWriter.Write(Fleets.Attacked);

        Assert.Equal(messages.Select(m => m.EnqueuedTime).Order(), messages.Select(m => m.EnqueuedTime));
        Assert.All(messages, m => Assert.All(m.Events, e => Assert.InRange((m.EnqueuedTime - e.Event.Time).TotalMinutes, 0.001, 15)));
        Assert.All(
            messages.GroupBy(m => m.HostIndex),
            host =>
                Assert.Equal(
                    host.SelectMany(m => m.Events).Select(e => e.Launch.Number).Order(),
                    host.SelectMany(m => m.Events).Select(e => e.Launch.Number)));
    }

    [Fact]
    public void A_message_is_one_line_of_JSON_below_the_smallest_limit_of_a_hub()
    {
        foreach (var message in TelemetryWriter.Write(Fleets.Attacked))
        {
            Assert.False(message.Body.Span.Contains((byte)'\n'));
            Assert.InRange(message.Body.Length, 500, 256 * 1024);
            using var json = JsonDocument.Parse(message.Body);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }
    }

    [Fact]
    public void A_mixed_fleet_has_three_collectors_and_both_Windows_logs()
    {
        Assert.Equal(
            [SourceFormats.DefenderXdr, SourceFormats.Ecs, SourceFormats.Winlogbeat],
            Fleets.Attacked.Select(e => e.Event.Format).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(Fleets.Attacked, e => e.Event.SourceIdentity!.StartsWith("security-4688|", StringComparison.Ordinal));
    }

    [Fact]
    public void Defender_sends_several_rows_in_an_envelope()
    {
        foreach (var message in Small(SourceFormats.DefenderXdr))
        {
            var records = JsonDocument.Parse(message.Body).RootElement.GetProperty("records").EnumerateArray().ToList();
            Assert.Equal(message.Events.Count, records.Count);
            foreach (var (record, e) in records.Zip(message.Events, (record, e) => (record, e.Event)))
            {
                Assert.Equal("AdvancedHunting-DeviceProcessEvents", Text(record, "category"));
                var row = record.GetProperty("properties");
                Assert.Equal("ProcessCreated", Text(row, "ActionType"));
                Assert.Equal(e.Child.CommandLine, Text(row, "ProcessCommandLine"));
                Assert.Equal(e.Child.Path, Text(row, "FolderPath"));
                Assert.Equal(e.Child.Pid, row.GetProperty("ProcessId").GetUInt32());
                Assert.Equal(e.Time, row.GetProperty("ProcessCreationTime").GetDateTimeOffset());
                Assert.Equal(e.Parent!.Path, Text(row, "InitiatingProcessFolderPath"));
                Assert.Equal(e.User!.Sid, Text(row, "AccountSid"));
                Assert.Equal(
                    e.SourceIdentity,
                    $"defender|{Text(row, "DeviceId")}|{row.GetProperty("ReportId")}|{Text(row, "Timestamp")}".ToLowerInvariant());
            }
        }

        Assert.Contains(Small(SourceFormats.DefenderXdr), message => message.Events.Count > 1);
    }

    [Fact]
    public void Winlogbeat_sends_the_raw_data_of_Sysmon_and_of_the_security_log()
    {
        foreach (var message in Small(SourceFormats.Winlogbeat))
        {
            var e = Assert.Single(message.Events).Event;
            var log = JsonDocument.Parse(message.Body).RootElement.GetProperty("winlog");
            var data = log.GetProperty("event_data");
            Assert.Equal(e.Host.Name, Text(log, "computer_name"));
            Assert.Equal(e.Child.CommandLine, Text(data, "CommandLine"));
            if (Text(log, "event_id") == "1")
            {
                Assert.Equal(23, data.EnumerateObject().Count());
                Assert.Equal(e.Child.Path, Text(data, "Image"));
                Assert.Equal($"{e.Time:yyyy-MM-dd HH:mm:ss.fff}", Text(data, "UtcTime"));
                Assert.Equal(e.Parent!.Guid, Text(data, "ParentProcessGuid"));
                Assert.Matches(@"^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$", e.Child.Guid);
                Assert.Equal(e.SourceIdentity, $"sysmon-1|{e.Host.Name}|{Text(data, "ProcessGuid")}");
            }
            else
            {
                Assert.Equal("4688", Text(log, "event_id"));
                Assert.Equal(15, data.EnumerateObject().Count());
                Assert.Equal($"0x{e.Child.Pid:x}", Text(data, "NewProcessId"));
                Assert.Equal(e.Parent!.Path, Text(data, "ParentProcessName"));
            }
        }
    }

    [Fact]
    public void Elastic_Defend_sends_its_fields_nested()
    {
        foreach (var message in Small(SourceFormats.Ecs))
        {
            var e = Assert.Single(message.Events).Event;
            var root = JsonDocument.Parse(message.Body).RootElement;
            var process = root.GetProperty("process");
            Assert.Equal("start", root.GetProperty("event").GetProperty("type")[0].GetString());
            Assert.Equal("process", root.GetProperty("event").GetProperty("category")[0].GetString());
            Assert.Equal(e.Time, root.GetProperty("@timestamp").GetDateTimeOffset());
            Assert.Equal(e.Host.Id, Text(root.GetProperty("host"), "id"));
            Assert.Equal(e.Child.Path, Text(process, "executable"));
            Assert.Equal(e.Child.CommandLine, Text(process, "command_line"));
            Assert.Equal(e.Parent!.Guid, Text(process.GetProperty("parent"), "entity_id"));
            Assert.Equal(e.SourceIdentity, "ecs|" + Text(root.GetProperty("event"), "id")!.ToLowerInvariant());
        }
    }

    private static IReadOnlyList<SimulatedMessage> Small(string format) =>
        TelemetryWriter.Write(FleetSimulator.Run(Fleets.Small with { Format = format }));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
