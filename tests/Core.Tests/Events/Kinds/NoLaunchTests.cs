using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>What looks like a launch on Windows and is none, whatever optional field is missing.</summary>
public partial class NoLaunchTests
{
    public static TheoryData<string> NamedSenders => Launch.NamedSenders;

    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    [Theory]
    [MemberData(nameof(Senders))]
    public void A_launch_on_another_system_is_skipped_by_its_path_alone(string sender)
    {
        // Positions are checked by the form of a Windows path, so such a list is refused before it is read.
        if (sender is "fluentbit" or "fluentbit.sysmon" or "fluentbit.winlog" or "get-winevent" or "get-winevent.sysmon") return;
        var text = ChildPath().Replace(GoldenLaunch.Messages[sender], "/usr/bin/certutil");
        text = OperatingSystem().Replace(text, "\"_$1\"");

        Assert.Equal("process not on Windows", Reading.Skipped(text).Kind);
    }

    [Theory]
    [InlineData("asim", "DvcOs", "macOS")]
    [InlineData("sentinelone", "endpoint.os", "Linux")]
    [InlineData("crowdstrike-fdr", "event_platform", "Mac")]
    [InlineData("ecs", "host.os.type", "macos")]
    [InlineData("ecs", "host.os", "{\"family\":\"debian\"}")]
    [InlineData("ecs", "host.os", "{\"platform\":\"darwin\"}")]
    [InlineData("ocsf", "device.os", "{\"name\":\"Ubuntu\"}")]
    [InlineData("ocsf", "device.os", "{\"type_id\":\"300\"}")]
    public void A_launch_on_another_system_is_skipped_by_its_name(string sender, string path, string value)
    {
        var record = Launch.Record(sender);
        JsonNode node = value[0] == '{' ? JsonNode.Parse(value)! : JsonValue.Create(value);
        if (record.ContainsKey(path)) record[path] = node;
        else Launch.Set(record, path, node);

        Assert.Equal("process not on Windows", Reading.Skipped(record.ToJsonString()).Kind);
    }

    [Theory]
    [InlineData("asim", "DvcOs")]
    [InlineData("sentinelone", "endpoint.os")]
    [InlineData("crowdstrike-fdr", "event_platform")]
    [InlineData("ecs", "host.os")]
    [InlineData("ocsf", "device.os")]
    public void Without_the_name_of_the_system_a_windows_path_decides(string sender, string path)
    {
        var record = Launch.Record(sender);
        if (!record.Remove(path)) Launch.Set(record, path, null);

        Launch.AssertRead(record.ToJsonString());
    }

    [Theory]
    [InlineData("winlogbeat")]
    [InlineData("winlogbeat-6")]
    [InlineData("ecs")]
    [InlineData("flat-windows.nxlog")]
    [InlineData("winevent-json")]
    public void An_alert_that_repeats_an_event_is_skipped(string sender)
    {
        foreach (var (path, value) in new[]
        {
            ("event.kind", "signal"), ("event.kind", "alert"), ("kibana.alert.uuid", "x"), ("signal.rule.id", "x"),
        })
        {
            var nested = Launch.Record(sender);
            Launch.Set(nested, path, value);
            var dotted = Launch.Record(sender);
            dotted[path] = value;

            Assert.Equal("alert", Reading.Skipped(nested.ToJsonString()).Kind);
            if (!path.StartsWith("event", StringComparison.Ordinal)) Assert.Equal("alert", Reading.Skipped(dotted.ToJsonString()).Kind);
        }
    }

    [Theory]
    [InlineData("already_running", "process already_running")]
    [InlineData("existing_process", "process already_running")]
    [InlineData("loaded", "library")]
    [InlineData("load", "library")]
    [InlineData("Image loaded (rule: ImageLoad)", "library")]
    public void An_action_that_starts_nothing_is_skipped(string action, string kind)
    {
        var record = Launch.Record("ecs");
        Launch.Set(record, "event.action", action);
        Assert.Equal(kind, Reading.Skipped(record.ToJsonString()).Kind);

        Launch.Set(record, "event.action", new JsonArray(action));
        Assert.Equal(kind, Reading.Skipped(record.ToJsonString()).Kind);
    }

    [Theory]
    [InlineData("winlogbeat")]
    [InlineData("la-event")]
    [InlineData("flat-windows.nxlog")]
    public void Sysmon_on_linux_is_another_provider(string sender) => Assert.Equal(
        "event of another provider",
        Reading.Skipped(GoldenLaunch.Messages[sender].Replace("Microsoft-Windows-Sysmon", "Linux-Sysmon", StringComparison.Ordinal)).Kind);

    [Fact]
    public void A_record_with_a_library_is_a_load_unless_it_says_that_it_starts_a_process()
    {
        var record = Launch.Record("ecs");
        record["dll"] = new JsonObject { ["name"] = "a.dll" };
        Launch.AssertRead(record.ToJsonString());

        Launch.Set(record, "event.action", "mapped");
        Assert.Equal("library", Reading.Skipped(record.ToJsonString()).Kind);
    }

    [Fact]
    public void A_state_is_no_launch()
    {
        var record = Launch.Record("ecs");
        Launch.Set(record, "event.kind", "state");

        Assert.Equal("state", Reading.Skipped(record.ToJsonString()).Kind);
    }

    [Theory]
    [InlineData("ActionType")]
    [InlineData("InitiatingProcessFileName")]
    [InlineData("DeviceId")]
    [InlineData("TimeGenerated")]
    [InlineData("ProcessId")]
    public void A_row_of_a_table_is_known_by_its_type_whatever_column_is_missing(string column)
    {
        var record = Launch.Record("defender-table");
        Assert.True(record.Remove(column));

        Assert.Equal("certutil.exe", Reading.Event(record.ToJsonString()).Child.Name);
    }

    [Theory]
    [InlineData("flat-windows.security-event", "EventSourceName", "Channel")]
    [InlineData("la-windowsevent", "Provider", "TimeCreated")]
    [InlineData("la-event", "EventLog", "UserName")]
    [InlineData("la-windowsevent", "Channel", "Version")]
    public void A_row_of_windows_events_is_known_by_its_type_too(string sender, params string[] columns)
    {
        var record = Launch.Record(sender);
        foreach (var column in columns) record.Remove(column);

        Launch.AssertRead(record.ToJsonString(), GoldenLaunch.Format(sender));
    }

    [Fact]
    public void A_row_of_another_table_is_none_of_this_one()
    {
        var record = Launch.Record("defender-table");
        record["Type"] = "DeviceImageLoadEvents";
        record.Remove("ActionType");

        Assert.Equal("DeviceImageLoadEvents", Reading.Skipped(record.ToJsonString()).Kind);
    }

    [Theory]
    [MemberData(nameof(NamedSenders))]
    public void A_windows_event_does_not_need_its_number(string sender)
    {
        var record = Launch.Record(sender);
        foreach (var o in Launch.Objects(record).ToList())
        {
            foreach (var name in new[] { "event_id", "code" }) o.Remove(name);
            if (o.ContainsKey("EventID")) o["EventID"] = null;
        }

        Launch.AssertRead(record.ToJsonString());
    }

    [GeneratedRegex("""(?i)(?:C:|\\+Device\\+HarddiskVolume\d+)(\\+)Windows\1System32\1certutil\.exe""")]
    private static partial Regex ChildPath();

    [GeneratedRegex("\"(DvcOs|endpoint\\.os|event_platform|os)\"")]
    private static partial Regex OperatingSystem();
}
