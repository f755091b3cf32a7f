using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

public class IdentityFeatureTests
{
    [Theory]
    [InlineData(@"C:\Windows\System32\svchost.exe", "system32")]
    [InlineData(@"\Device\HarddiskVolume3\Windows\SysWOW64\cmd.exe", "system32")]
    [InlineData(@"C:\Windows\Temp\a.exe", "windows_temp")]
    [InlineData(@"C:\Windows \System32\winsat.exe", "windows_temp")]
    [InlineData(@"C:\Windows\explorer.exe", "windows_folder")]
    [InlineData(@"C:\Program Files (x86)\Some\a.exe", "program_files")]
    [InlineData(@"C:\ProgramData\a.exe", "program_data")]
    [InlineData(@"C:\Users\mara\AppData\Local\Temp\a.exe", "user_temp")]
    [InlineData(@"C:\Users\mara\AppData\Roaming\a.exe", "user_profile")]
    [InlineData(@"C:\Users\mara\Downloads\a.exe", "downloads")]
    [InlineData(@"C:\Users\Public\a.exe", "public")]
    [InlineData(@"C:\a.exe", "drive_root")]
    [InlineData(@"D:\tools\a.exe", "elsewhere")]
    [InlineData(@"\\srv\share\a.exe", "network")]
    public void A_path_has_its_place(string path, string place)
    {
        var e = Some.ProcessEvent();

        Assert.Equal(1, Feature.Of(e with { Child = e.Child with { Path = path } }, $"child.place.{place}"));
    }

    [Theory]
    [InlineData(@"C:\Windows \System32\winsat.exe", 1)]
    [InlineData(@"C:\Windows\System32\winsat.exe", 0)]
    public void A_folder_that_imitates_that_of_Windows_is_a_telltale(string path, float expected)
    {
        var e = Some.ProcessEvent(child: "winsat.exe", commandLine: "winsat formal");

        Assert.Equal(expected, Feature.Of(e with { Child = e.Child with { Path = path } }, "telltale.lifts_itself"));
    }

    [Theory]
    [InlineData("svchost.exe", @"C:\Users\Public\svchost.exe", null, "masquerade.system_name_elsewhere", 1)]
    [InlineData("svchost.exe", @"C:\Windows\System32\svchost.exe", null, "masquerade.system_name_elsewhere", 0)]
    [InlineData("svch0st.exe", @"C:\Users\Public\svch0st.exe", null, "masquerade.lookalike_name", 1)]
    [InlineData("\u0435\u0445\u0440lor\u0435r.exe", "C:\\Windows\\\u0435\u0445\u0440lor\u0435r.exe", null, "masquerade.lookalike_name", 1)]
    [InlineData("\u043e\u0442\u0447\u0451\u0442.exe", "C:\\Users\\Public\\\u043e\u0442\u0447\u0451\u0442.exe", null,
        "masquerade.lookalike_name", 0)]
    [InlineData("scvhost.exe", @"C:\Windows\scvhost.exe", null, "masquerade.lookalike_name", 1)]
    [InlineData("svchost.exe", @"C:\Windows\System32\svchost.exe", null, "masquerade.lookalike_name", 0)]
    [InlineData("a.exe", @"C:\a.exe", "Cmd.Exe", "masquerade.original_is_of_windows", 1)]
    [InlineData("a.exe", @"C:\a.exe", "PowerShell.EXE.MUI", "masquerade.original_is_lolbin", 1)]
    [InlineData("powershell.exe", @"C:\a\powershell.exe", "PowerShell.EXE.MUI", "masquerade.original_name_differs", 0)]
    [InlineData("psexec.exe", @"C:\a\psexec.exe", "psexec.c", "masquerade.original_name_differs", 0)]
    [InlineData("unsecapp.exe", @"C:\Windows\System32\wbem\unsecapp.exe", "unsecapp.dll", "masquerade.original_name_differs", 0)]
    [InlineData("teams.exe", @"C:\a\teams.exe", "Setup.exe", "masquerade.original_name_differs", 0)]
    public void A_disguise_is_seen_and_an_alias_is_none(string name, string path, string? original, string feature, float expected)
    {
        var e = Some.ProcessEvent(child: name);

        Assert.Equal(expected, Feature.Of(e with { Child = e.Child with { Path = path, OriginalFileName = original } }, feature));
    }

    [Theory]
    [InlineData("winword.exe", "powershell.exe", "lineage.document_starts_shell", 1)]
    [InlineData("chrome.exe", "cmd.exe", "lineage.browser_starts_shell", 1)]
    [InlineData("w3wp.exe", "whoami.exe", "lineage.server_starts_shell", 1)]
    [InlineData("wmiprvse.exe", "rundll32.exe", "lineage.remote_starts_shell", 1)]
    [InlineData("winword.exe", "splwow64.exe", "lineage.document_starts_shell", 0)]
    [InlineData("cmd.exe", "svchost.exe", "masquerade.unexpected_parent", 1)]
    [InlineData("services.exe", "svchost.exe", "masquerade.unexpected_parent", 0)]
    public void A_parent_and_a_child_give_the_value(string parent, string child, string feature, float expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent(parent, child), feature));

    [Theory]
    [InlineData("SYSTEM", null, 1)]
    [InlineData("WS-0417$", null, 1)]
    [InlineData("whoever", "S-1-5-20", 1)]
    [InlineData("mara.lind", null, 0)]
    public void Accounts_of_Windows_itself_are_recognised(string name, string? sid, float expected) =>
        Assert.Equal(
            expected, Feature.Of(Some.ProcessEvent() with { User = new UserIdentity(name, null, sid) }, "privilege.system_account"));
}
