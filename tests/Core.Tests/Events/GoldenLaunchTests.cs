using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>The same launch gives the same process event, whoever sends it, apart from what the sender does not know.</summary>
public class GoldenLaunchTests
{
    private const string OfSecurity =
        "process.guid process.original_file_name process.hashes process.signature parent.command_line parent.guid";
    private const string OfSysmon = "user.sid process.signature process.elevation";
    private const string SysmonIdentity = "sysmon-1|ws-0417.corp.example|{8d3f21b6-5c43-690a-9b01-000000002f00}";
    private const string SecurityIdentity = "security-4688|ws-0417.corp.example|security|9914402|";

    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    [Theory]
    [MemberData(nameof(Senders))]
    public void Every_sender_says_the_same_of_the_launch(string sender)
    {
        var read = Reading.Event(GoldenLaunch.Messages[sender]);

        GoldenEvent.AssertSame(read);
        Assert.Equal(EventNotes.None, read.Notes);
        Assert.Equal(GoldenLaunch.Format(sender), read.Format);
    }

    [Theory]
    [InlineData("asim", "process.signature")]
    [InlineData("carbon-black", "user.sid process.original_file_name process.integrity process.elevation")]
    [InlineData("chainsaw", OfSysmon)]
    [InlineData("crowdstrike-fdr",
        "process.original_file_name process.signature process.elevation parent.path parent.command_line parent.pid")]
    [InlineData("crowdstrike-fdr.logscale",
        "process.original_file_name process.signature process.elevation parent.path parent.command_line parent.pid")]
    [InlineData("defender-table", "process.signature")]
    [InlineData("defender-xdr", "process.signature")]
    [InlineData("ecs", "")]
    [InlineData("ecs.dotted", "process.guid process.hashes process.signature process.elevation parent.guid")]
    [InlineData("evtxecmd", OfSecurity)]
    [InlineData("flat-windows.nxlog", OfSysmon)]
    [InlineData("flat-windows.security-event", OfSecurity)]
    [InlineData("fluentbit", OfSecurity)]
    [InlineData("fluentbit.map", OfSysmon)]
    [InlineData("fluentbit.sysmon", OfSysmon)]
    [InlineData("fluentbit.winlog", OfSecurity)]
    [InlineData("fluentbit.xml", OfSecurity)]
    [InlineData("gelf", OfSecurity)]
    [InlineData("get-winevent", OfSecurity)]
    [InlineData("get-winevent.message", OfSysmon)]
    [InlineData("get-winevent.sysmon", OfSysmon)]
    [InlineData("harfanglab", "process.elevation")]
    [InlineData("hayabusa", OfSysmon)]
    [InlineData("key-value", OfSysmon)]
    [InlineData("la-event", OfSysmon)]
    [InlineData("la-windowsevent", OfSysmon)]
    [InlineData("ocsf", "process.signature process.elevation")]
    [InlineData("ocsf.actor", "process.signature process.elevation")]
    [InlineData("otel", OfSecurity)]
    [InlineData("otel.body", OfSysmon)]
    [InlineData("otel.list", OfSysmon)]
    [InlineData("otel.raw", OfSysmon)]
    [InlineData("sentinelone", "user.sid process.original_file_name process.elevation")]
    [InlineData("snare", OfSecurity)]
    [InlineData("splunk-hec", OfSecurity)]
    [InlineData("splunk-hec.object", OfSysmon)]
    [InlineData("splunk-hec.text", OfSecurity)]
    [InlineData("vector", OfSysmon)]
    [InlineData("wazuh", OfSysmon)]
    [InlineData("wazuh.archive", OfSecurity)]
    [InlineData("winevent-json", OfSecurity)]
    [InlineData("winevent-xml", OfSecurity)]
    [InlineData("winevent-xml.sysmon", OfSysmon)]
    [InlineData("winlogbeat", OfSysmon)]
    [InlineData("winlogbeat-6", OfSecurity)]
    public void A_sender_lacks_what_its_format_cannot_hold_and_nothing_else(string sender, string missing) =>
        Assert.Equal(missing, string.Join(' ', Reading.Event(GoldenLaunch.Messages[sender]).Missing));

    [Theory]
    [InlineData("asim", "asim|1184421|ws-0417|2026-11-03t09:14:27.3840000z")]
    [InlineData("carbon-black", "carbon-black|1184417|k7q2xw9d-001212a1-0000188c-00000000-1dc4ca2cd2f1880")]
    [InlineData("chainsaw", SysmonIdentity)]
    [InlineData("crowdstrike-fdr", "crowdstrike|6c0d1b9e42f84c7fa6d0e3b5a1f29c88|418870226611")]
    [InlineData("crowdstrike-fdr.logscale", "crowdstrike|6c0d1b9e42f84c7fa6d0e3b5a1f29c88|418870226611")]
    [InlineData("defender-table", "defender|4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d|48213|2026-11-03t09:14:27.3912206z")]
    [InlineData("defender-xdr", "defender|4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d|48213|2026-11-03t09:14:27.3912206z")]
    [InlineData("ecs", "ecs|nqtg0bx6sw8hkq1a++++1azk")]
    [InlineData("ecs.dotted", "ecs|nqtg0bx6sw8hkq1a++++1azk")]
    [InlineData("evtxecmd", SecurityIdentity + "2026-11-03t09:14:27.3841020+00:00")]
    [InlineData("flat-windows.nxlog", SysmonIdentity)]
    [InlineData("flat-windows.security-event", SecurityIdentity + "2026-11-03t09:14:27.3840000z")]
    [InlineData("fluentbit", SecurityIdentity + "2026-11-03 10:14:27 +0100")]
    [InlineData("fluentbit.map", SysmonIdentity)]
    [InlineData("fluentbit.sysmon", SysmonIdentity)]
    [InlineData("fluentbit.winlog", SecurityIdentity + "2026-11-03 10:14:27 +0100")]
    [InlineData("fluentbit.xml", SecurityIdentity + "2026-11-03t09:14:27.3841020z")]
    [InlineData("gelf", SecurityIdentity + "1793697267.384")]
    [InlineData("get-winevent", SecurityIdentity + "1793697267384")]
    [InlineData("get-winevent.message", SysmonIdentity)]
    [InlineData("get-winevent.sysmon", SysmonIdentity)]
    [InlineData("harfanglab", "harfanglab|2f0a9c1e-77b4-4e0d-9a3f-5c8d1be60417|2f0a9c1e-77b4-4e0d-8c18-00fe3a1c5d02")]
    [InlineData("hayabusa", SysmonIdentity)]
    [InlineData("key-value", SysmonIdentity)]
    [InlineData("la-event", SysmonIdentity)]
    [InlineData("la-windowsevent", SysmonIdentity)]
    [InlineData("ocsf", "ocsf|3d2a8f4e-b894-11f1-9f0b-0242ac120002")]
    [InlineData("ocsf.actor", "ocsf|3d2a8f4e-b894-11f1-9f0b-0242ac120002")]
    [InlineData("otel", SecurityIdentity + "2026-11-03t09:14:27.3841020z")]
    [InlineData("otel.body", SysmonIdentity)]
    [InlineData("otel.list", SysmonIdentity)]
    [InlineData("otel.raw", SysmonIdentity)]
    [InlineData("sentinelone", "sentinelone|9a7d5c3b1f2e4d6c8b0a1928374655ef|7c41d20b9e5f6a83")]
    [InlineData("snare", "security-4688|ws-0417.corp.example|2026-11-03 09:14:27|0x188c")]
    [InlineData("splunk-hec", SecurityIdentity + "2026-11-03t09:14:27.3841020z")]
    [InlineData("splunk-hec.object", SysmonIdentity)]
    [InlineData("splunk-hec.text", SecurityIdentity + "1793697267.384")]
    [InlineData("vector", SysmonIdentity)]
    [InlineData("wazuh", SysmonIdentity)]
    [InlineData("wazuh.archive", SecurityIdentity + "2026-11-03t09:14:27.3841020z")]
    [InlineData("winevent-json", SecurityIdentity + "2026-11-03t09:14:27.384102z")]
    [InlineData("winevent-xml", SecurityIdentity + "2026-11-03t09:14:27.3841020z")]
    [InlineData("winevent-xml.sysmon", SysmonIdentity)]
    [InlineData("winlogbeat", SysmonIdentity)]
    [InlineData("winlogbeat-6", SecurityIdentity + "2026-11-03t09:14:27.384z")]
    public void The_source_identity_is_the_event_s_own_and_the_same_for_every_carrier_of_a_sysmon_event(string sender, string identity) =>
        Assert.Equal(identity, Reading.Event(GoldenLaunch.Messages[sender]).SourceIdentity);

    [Fact]
    public void The_tables_above_name_every_sender()
    {
        foreach (
            var method in new[]
            {
                nameof(A_sender_lacks_what_its_format_cannot_hold_and_nothing_else),
                nameof(The_source_identity_is_the_event_s_own_and_the_same_for_every_carrier_of_a_sysmon_event),
            })
        {
            var rows = typeof(GoldenLaunchTests)
                .GetMethod(method)!.GetCustomAttributes(typeof(InlineDataAttribute), false)
                .Cast<InlineDataAttribute>();
            Assert.Equal(GoldenLaunch.Messages.Keys, rows.Select(row => (string)row.Data[0]!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Event_data_may_be_a_text_that_holds_the_object()
    {
        var row = JsonNode.Parse(GoldenLaunch.Messages["la-windowsevent"])!;
        row["EventData"] = row["EventData"]!.ToJsonString();

        Assert.Equal(Reading.Event(GoldenLaunch.Messages["la-windowsevent"]), Reading.Event(row.ToJsonString()));
    }

    [Theory]
    [InlineData("ecs", "Microsoft Windows")]
    [InlineData("sentinelone", "MICROSOFT WINDOWS")]
    public void Two_senders_say_who_signed_the_new_process(string sender, string signer) =>
        Assert.Equal(new CodeSignature(SignatureStatus.Valid, signer), Reading.Event(GoldenLaunch.Messages[sender]).Child.Signature);
}
