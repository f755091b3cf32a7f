using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>What only one format or one carrier does.</summary>
public class ReaderTests
{
    private static readonly string Nxlog = GoldenLaunch.Messages["flat-windows.nxlog"];
    private static readonly string Security = GoldenLaunch.Messages["flat-windows.security-event"];
    private static readonly string Defender = GoldenLaunch.Messages["defender-xdr"];
    private static readonly string Elastic = GoldenLaunch.Messages["ecs"];

    [Theory]
    [InlineData("winlogbeat", "\"event_id\": \"1\"", "\"event_id\": 5", "event 5")]
    [InlineData("winlogbeat-6", "4688", "4624", "event 4624")]
    [InlineData("winevent-json", "4688", "4689", "event 4689")]
    [InlineData("la-windowsevent", "\"EventID\": 1", "\"EventID\": \"22\"", "event 22")]
    [InlineData("flat-windows.nxlog", "\"EventID\": 1", "\"EventID\": 99999", "event without a number")]
    [InlineData("winlogbeat", "Microsoft-Windows-Sysmon\", \"event_id", "Microsoft-Windows-WMI\", \"event_id", "event of another provider")]
    [InlineData("defender-xdr", "DeviceProcessEvents", "DeviceNetworkEvents", "AdvancedHunting-DeviceNetworkEvents")]
    [InlineData("defender-xdr", "ProcessCreated", "OpenProcess", "OpenProcess")]
    [InlineData("defender-table", "ProcessCreated", "FileCreated", "FileCreated")]
    [InlineData("ecs", "\"start\"], \"action\": \"start\"", "\"end\"], \"action\": \"end\"", "process end")]
    [InlineData("ecs", "[\"process\"]", "\"network\"", "network")]
    [InlineData("ecs", "\"action\": \"start\"", "\"action\": \"already_running\"", "process already_running")]
    [InlineData("ecs", "\"type\": \"windows\"", "\"type\": \"linux\"", "process not on Windows")]
    [InlineData("asim", "ProcessCreated", "ProcessTerminated", "ProcessTerminated")]
    [InlineData("asim", "\"DvcOs\": \"Windows\"", "\"DvcOs\": \"Linux\"", "process not on Windows")]
    [InlineData("crowdstrike-fdr", "\"ProcessRollup2\"", "\"EndOfProcess\"", "EndOfProcess")]
    [InlineData("crowdstrike-fdr", "\"ProcessRollup2\"", "\"SyntheticProcessRollup2\"", "SyntheticProcessRollup2")]
    [InlineData("crowdstrike-fdr", "\"Win\"", "\"Lin\"", "process not on Windows")]
    [InlineData("fluentbit", "4688", "4624", "event 4624")]
    [InlineData("fluentbit.map", "\"EventID\": 1", "\"EventID\": 3", "event 3")]
    [InlineData("fluentbit.xml", "4688", "4624", "event 4624")]
    [InlineData("la-event", "\"EventID\": 1", "\"EventID\": 11", "event 11")]
    [InlineData("la-event", "\"Microsoft-Windows-Sysmon\"", "\"Service Control Manager\"", "event of another provider")]
    [InlineData("ocsf", "\"class_uid\": 1007", "\"class_uid\": 4001", "class 4001")]
    [InlineData("ocsf", "\"class_uid\": 1007", "\"class_uid\": 123456", "class without a number")]
    [InlineData("ocsf", "\"activity_id\": 1", "\"activity_id\": 2", "process activity 2")]
    [InlineData("ocsf", "\"type_id\": 100", "\"type_id\": 200", "process not on Windows")]
    [InlineData("sentinelone", "PROCESSCREATION", "PROCESSTERMINATION", "PROCESSTERMINATION")]
    [InlineData("sentinelone", "\"windows\"", "\"linux\"", "process not on Windows")]
    [InlineData("winevent-xml", "4688", "4624", "event 4624")]
    [InlineData("winevent-xml.sysmon", "<EventID>1</EventID>", "<EventID Qualifiers=\"0\">5</EventID>", "event 5")]
    public void What_is_no_process_creation_is_skipped_by_kind(string sender, string text, string replacement, string kind)
    {
        var skipped = Reading.Skipped(GoldenLaunch.Messages[sender].Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal(new RecordOutcome.Skipped(GoldenLaunch.Format(sender), kind), skipped with { Running = null });
    }

    [Fact]
    public void Rows_of_other_tables_are_counted_by_their_name() =>
        Assert.Equal(new RecordOutcome.Skipped("la-other", "Heartbeat"), Reading.Skipped("""{"Type":"Heartbeat","TimeGenerated":"x"}"""));

    [Theory]
    [InlineData("ProcessId: 6284")]
    [InlineData("Process Create:\\r\\nRuleName: -\\r\\nParentProcessId: 1\\r\\nProcessId: 6284\\r\\nImage: x")]
    public void A_process_id_lost_in_flattening_is_taken_from_the_message(string message)
    {
        var flat = Nxlog.Replace("\"ProcessId\": \"6284\"", $"\"Message\": \"{message}\"", StringComparison.Ordinal);

        Assert.Equal(6284u, Reading.Event(flat).Child.Pid);
    }

    [Fact]
    public void A_process_id_lost_in_flattening_without_a_message_is_missing_and_never_the_loggers() =>
        Assert.Null(Reading.Event(Nxlog.Replace("\"ProcessId\": \"6284\",", "", StringComparison.Ordinal)).Child.Pid);

    [Fact]
    public void A_creators_id_lost_in_flattening_is_taken_from_the_message()
    {
        var flat = Security.Replace(
            "\"ProcessId\": \"0x23a0\"", """
            "ProcessID": 4, "Message": "Process Information:\r\n\tNew Process ID:\t\t0x188c\r\n\tCreator Process ID:\t0x23a0\r\n"
            """, StringComparison.Ordinal);

        Assert.Equal(9120u, Reading.Event(flat).Parent?.Pid);
    }

    [Theory]
    [InlineData("\"UtcTime\": \"2026-11-03 09:14:27.384\"", "\"UtcTime\": \"2026-11-03T09:14:27.3840000Z\"", "09:14:27.384")]
    [InlineData("\"UtcTime\": \"2026-11-03 09:14:27.384\"", "\"UtcTime\": \"-\"", "09:14:31.220")]
    [InlineData("\"UtcTime\": \"2026-11-03 09:14:27.384\"", "\"TimeCreated\": \"2026-11-03T02:14:27.000Z\"", "09:14:31.220")]
    public void Sysmons_own_time_is_best_and_the_collectors_comes_before_the_hosts(string text, string replacement, string time)
    {
        var read = Reading.Event(Nxlog.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal(time, read.Time.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("TimeCreated", "2026-11-03 09:14:27.100", "09:14:27.100")]
    [InlineData("EventTime", "2026-11-03 10:14:27", "10:14:27.000")]
    public void A_flat_record_falls_back_on_the_times_it_has(string name, string value, string time)
    {
        var read = Reading.Event(Security.Replace(
            "\"TimeGenerated\": \"2026-11-03T09:14:27.3840000Z\"", $"\"{name}\": \"{value}\"", StringComparison.Ordinal));

        Assert.Equal(time, read.Time.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_relay_that_stamps_a_record_again_does_not_change_its_identity()
    {
        var flat =
            Security.Replace("\"TimeGenerated\"", "\"EventTime\": \"2026-11-03 10:14:27\", \"@timestamp\"", StringComparison.Ordinal);

        Assert.Equal(
            Reading.Event(flat).SourceIdentity,
            Reading.Event(flat.Replace("09:14:27.3840000Z", "09:59:59.0000000Z", StringComparison.Ordinal)).SourceIdentity);
    }

    [Fact]
    public void Without_a_record_number_a_4688_is_known_by_host_time_and_process() =>
        Assert.Equal(
            "security-4688|ws-0417.corp.example|2026-11-03t09:14:27.3840000z|0x188c",
            Reading.Event(Security.Replace("EventRecordId", "_", StringComparison.Ordinal)).SourceIdentity);

    [Theory]
    [InlineData("a target without a name is the creator", "S-1-0-0", "-", "0x0", @"CORP\mara.lind " + GoldenLaunch.Sid)]
    [InlineData("a null SID in words too", "NULL SID", "-", "0x0", @"CORP\mara.lind " + GoldenLaunch.Sid)]
    [InlineData("a named target without a SID", "S-1-0-0", "jo", "0x5a3c2", @"T\jo ")]
    [InlineData("a named target without a logon is the creator", "S-1-0-0", "jo", "0x0", @"CORP\mara.lind " + GoldenLaunch.Sid)]
    [InlineData("a service known by its logon", "S-1-0-0", "LOKALER DIENST", "0x3e5", @"T\LOKALER DIENST S-1-5-19")]
    [InlineData("the system by its logon", "S-1-0-0", "WS-0417$", "0x3e7", @"T\WS-0417$ S-1-5-18")]
    [InlineData("the network service by its logon", "S-1-0-0", "X", "0x3e4", @"T\X S-1-5-20")]
    [InlineData("a target with a SID", "S-1-5-21-1-2-3-500", "jo", "0x5a3c2", @"T\jo S-1-5-21-1-2-3-500")]
    [InlineData("a name where the SID should be", "T\\\\jo", "jo", "0x5a3c2", @"T\jo ")]
    public void The_user_of_a_4688_is_the_target_where_one_is_named(string what, string sid, string name, string logon, string user)
    {
        var read = Reading.Event(Security
            .Replace("\"TargetUserSid\": \"S-1-0-0\"", $"\"TargetUserSid\": \"{sid}\"", StringComparison.Ordinal)
            .Replace("\"TargetUserName\": \"-\"", $"\"TargetUserName\": \"{name}\"", StringComparison.Ordinal)
            .Replace("\"TargetDomainName\": \"-\"", "\"TargetDomainName\": \"T\"", StringComparison.Ordinal)
            .Replace("\"TargetLogonId\": \"0x0\"", $"\"TargetLogonId\": \"{logon}\"", StringComparison.Ordinal)).User;

        Assert.True(user == $@"{read?.Domain}\{read?.Name} {read?.Sid}", $"{what}: {read}");
    }

    [Theory]
    [InlineData("S-1-16-12288", EventNotes.ParentInvalid)]
    [InlineData("-", EventNotes.None)]
    [InlineData("", EventNotes.None)]
    public void A_parent_that_is_no_program_is_no_parent(string parent, EventNotes notes)
    {
        var read = Reading.Event(Security.Replace(
            """C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE""", parent, StringComparison.Ordinal));

        Assert.Null(read.Parent);
        Assert.Equal(notes, read.Notes);
    }

    [Fact]
    public void Without_a_path_the_command_line_names_the_child()
    {
        var read = Reading.Event(Security
            .Replace("\"NewProcessName\"", "\"_\"", StringComparison.Ordinal)
            .Replace("\"Process\"", "\"__\"", StringComparison.Ordinal));

        Assert.Equal("certutil.exe", read.Child.Name);
        Assert.Null(read.Child.Path);
        Assert.Equal(EventNotes.NameFromCommandLine, read.Notes);
    }

    [Theory]
    [InlineData("\"FolderPath\": \"C:\\\\Windows\\\\System32\\\\certutil.exe\"", "\"FolderPath\": \"C:\\\\Windows\\\\System32\"")]
    [InlineData("\"FolderPath\": \"C:\\\\Windows\\\\System32\\\\certutil.exe\"", "\"FolderPath\": \"C:\\\\Windows\\\\System32\\\\\"")]
    public void Defenders_folder_may_lack_the_file_name(string text, string replacement) =>
        Assert.Equal(
            @"C:\Windows\System32\certutil.exe", Reading.Event(Defender.Replace(text, replacement, StringComparison.Ordinal)).Child.Path);

    [Fact]
    public void Defender_gives_no_process_guid_of_its_own_so_one_is_made()
    {
        var read = Reading.Event(Defender);

        Assert.Equal("4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d-6284-2026-11-03T09:14:27.3840000Z", read.Child.Guid);
        Assert.Equal("4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d-9120-2026-11-03T09:13:51.0127743Z", read.Parent?.Guid);
    }

    [Theory]
    [InlineData("""{"exists": false}""", SignatureStatus.Unsigned)]
    [InlineData("""{"exists": true, "status": "errorExpired"}""", SignatureStatus.Invalid)]
    [InlineData("""{"exists": true, "trusted": false}""", SignatureStatus.Invalid)]
    [InlineData("""{"exists": true}""", SignatureStatus.Unknown)]
    public void The_signature_is_valid_only_if_it_is_trusted(string signature, SignatureStatus status)
    {
        var read = Reading.Event(Elastic.Replace(
            """{"exists": true, "status": "trusted", "trusted": true, "subject_name": "Microsoft Windows"}""", signature,
            StringComparison.Ordinal));

        Assert.Equal(status, read.Child.Signature?.Status);
    }

    [Fact]
    public void Elastic_arguments_stand_in_for_a_missing_command_line()
    {
        var read = Reading.Event(Elastic.Replace(
            """ "command_line": "certutil.exe -urlcache """, """ "args": ["certutil.exe", "-urlcache"], "_": " """,
            StringComparison.Ordinal));

        Assert.Equal("certutil.exe -urlcache", read.Child.CommandLine);
    }

    [Theory]
    [InlineData("""{"@Name": "Microsoft-Windows-Security-Auditing"}""", """{"@SystemTime": "2026-11-03T09:14:27Z"}""", "4688")]
    [InlineData("""{"@": {"Name": "Microsoft-Windows-Security-Auditing"}}""", """{"@": {"SystemTime": "2026-11-03T09:14:27Z"}}""",
        "\"4688\"")]
    [InlineData("""{"_Name": "Microsoft-Windows-Security-Auditing"}""", """{"_SystemTime": "2026-11-03T09:14:27Z"}""",
        "{\"_\": \"4688\", \"$\": {}}")]
    [InlineData("""{"$": {"Name": "x"}}""", """{"$": {"SystemTime": "2026-11-03T09:14:27Z"}}""",
        "{\"#text\": 4688, \"#attributes\": {\"Qualifiers\": 0}}")]
    public void Converters_mark_attributes_in_their_own_ways(string provider, string time, string eventId)
    {
        var body = $$$"""
            {"System": {"Provider": {{{provider}}}, "EventID": {{{eventId}}}, "TimeCreated": {{{time}}}, "Channel": "Security", "Computer": "WS"},
             "EventData": {"NewProcessName": "C:\\a.exe"}}
            """;

        var read = Reading.Event(body);

        Assert.Equal("a.exe", read.Child.Name);
        Assert.Equal("ws", read.Host.Name);
    }

    [Fact]
    public void A_command_line_is_kept_as_it_came()
    {
        var body = Nxlog.Replace(
            """ "CommandLine": "certutil.exe""", """ "CommandLine": "  a\t\"b\"  \r\n ", "_": "certutil.exe""", StringComparison.Ordinal);

        Assert.Equal("  a\t\"b\"  \r\n ", Reading.Event(body).Child.CommandLine);
    }

    [Fact]
    public void Of_an_event_in_xml_the_text_is_read_and_not_its_markup()
    {
        var read = Reading.Event(GoldenLaunch.Messages["winevent-xml"].Replace(
            "certutil.exe -urlcache", "a &lt;b&gt; &amp; &quot;c&quot; <![CDATA[<d>]]> &#x41;\u0001&#x2; -urlcache",
            StringComparison.Ordinal));

        Assert.StartsWith("a <b> & \"c\" <d> A\uFFFD\u0002 -urlcache", read.Child.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_inside_data_is_no_field()
    {
        var read = Reading.Event(GoldenLaunch.Messages["winevent-xml"].Replace(
            "</EventData>", "<Data Name=\"x\"><EventData><Data Name=\"NewProcessName\">C:\\evil.exe</Data></EventData></Data></EventData>",
            StringComparison.Ordinal));

        GoldenEvent.AssertSame(read);
    }
}
