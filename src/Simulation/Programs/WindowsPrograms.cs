namespace Changeling.Simulation.Programs;

/// <summary>Programs of Windows that lie elsewhere than in System32, or whose original name is spelt another way.</summary>
internal static class WindowsPrograms
{
    private const string System32 = @"C:\Windows\System32\";

    public static IEnumerable<(string Key, ProgramFile File)> Rows =>
        Spelt.Select(row => (row.Key, Catalogue.OfWindows(System32 + row.File, row.OriginalName)))
            .Concat(Elsewhere.Select(row => (row.Key, Catalogue.OfWindows(row.Path, row.OriginalName))));

    private static readonly (string Key, string File, string OriginalName)[] Spelt =
    [
        ("applicationframehost.exe", "ApplicationFrameHost.exe", "ApplicationFrameHost.exe"),
        ("backgroundtaskhost.exe", "backgroundTaskHost.exe", "backgroundTaskHost.exe"),
        ("certutil.exe", "certutil.exe", "CertUtil.exe"),
        ("cmd.exe", "cmd.exe", "Cmd.Exe"),
        ("compattelrunner.exe", "CompatTelRunner.exe", "CompatTelRunner.exe"),
        ("conhost.exe", "conhost.exe", "CONHOST.EXE"),
        ("csrss.exe", "csrss.exe", "CSRSS.Exe"),
        ("ctfmon.exe", "ctfmon.exe", "CTFMON.EXE"),
        ("defrag.exe", "Defrag.exe", "Defrag.EXE"),
        ("devicecensus.exe", "DeviceCensus.exe", "DeviceCensus.exe"),
        ("dism.exe", "Dism.exe", "DISM.EXE"),
        ("gpupdate.exe", "gpupdate.exe", "GPUpdate.exe"),
        ("locationnotificationwindows.exe", "LocationNotificationWindows.exe", "LocationNotificationWindows.exe"),
        ("logonui.exe", "LogonUI.exe", "logonui.exe"),
        ("mshta.exe", "mshta.exe", "MSHTA.EXE"),
        ("mstsc.exe", "mstsc.exe", "mstsc.exe"),
        ("net.exe", "net.exe", "net.exe"),
        ("nltest.exe", "nltest.exe", "nltestrk.exe"),
        ("notepad.exe", "notepad.exe", "NOTEPAD.EXE"),
        ("openwith.exe", "OpenWith.exe", "OpenWith.exe"),
        ("ping.exe", "PING.EXE", "ping.exe"),
        ("regsvr32.exe", "regsvr32.exe", "REGSVR32.EXE"),
        ("robocopy.exe", "Robocopy.exe", "robocopy.exe"),
        ("rundll32.exe", "rundll32.exe", "RUNDLL32.EXE"),
        ("runtimebroker.exe", "RuntimeBroker.exe", "RuntimeBroker.exe"),
        ("searchfilterhost.exe", "SearchFilterHost.exe", "SearchFilterHost.exe"),
        ("searchindexer.exe", "SearchIndexer.exe", "SearchIndexer.exe"),
        ("searchprotocolhost.exe", "SearchProtocolHost.exe", "SearchProtocolHost.exe"),
        ("securityhealthservice.exe", "SecurityHealthService.exe", "SecurityHealthService.exe"),
        ("securityhealthsystray.exe", "SecurityHealthSystray.exe", "SecurityHealthSystray.exe"),
        ("smartscreen.exe", "smartscreen.exe", "smartscreen.exe"),
        ("spoolsv.exe", "spoolsv.exe", "spoolsv.exe"),
        ("usoclient.exe", "UsoClient.exe", "UsoClient"),
        ("userinit.exe", "userinit.exe", "USERINIT.EXE"),
        ("vssadmin.exe", "vssadmin.exe", "VSSADMIN.EXE"),
        ("vssvc.exe", "VSSVC.exe", "VSSVC.EXE"),
        ("wbadmin.exe", "wbadmin.exe", "WBADMIN.EXE"),
        ("werfault.exe", "WerFault.exe", "WerFault.exe"),
        ("wermgr.exe", "wermgr.exe", "WerMgr"),
        ("wininit.exe", "wininit.exe", "WinInit.exe"),
        ("winlogon.exe", "winlogon.exe", "WINLOGON.EXE"),
        ("wudfhost.exe", "WUDFHost.exe", "WUDFHost.exe"),
    ];

    private static readonly (string Key, string Path, string OriginalName)[] Elsewhere =
    [
        ("appcmd.exe", @"C:\Windows\System32\inetsrv\appcmd.exe", "appcmd.exe"),
        ("csc.exe", @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe", "csc.exe"),
        ("cvtres.exe", @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\cvtres.exe", "CVTRES.EXE"),
        ("calculatorapp.exe", @"C:\Program Files\WindowsApps\Microsoft.WindowsCalculator_11.2508.1.0_x64__8wekyb3d8bbwe\CalculatorApp.exe", "CalculatorApp.exe"),
        ("dismhost.exe", @"C:\Windows\Temp\<=guid>\DismHost.exe", "DismHost.exe"),
        ("explorer.exe", @"C:\Windows\explorer.exe", "EXPLORER.EXE"),
        ("mofcomp.exe", @"C:\Windows\System32\wbem\mofcomp.exe", "mofcomp.exe"),
        ("mousocoreworker.exe", @"C:\Windows\uus\AMD64\MoUsoCoreWorker.exe", "MoUsoCoreWorker.exe"),
        ("ngen.exe", @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\ngen.exe", "ngen.exe"),
        ("mscorsvw.exe", @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\mscorsvw.exe", "mscorsvw.exe"),
        ("powershell.exe", @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", "PowerShell.EXE"),
        ("searchhost.exe", @"C:\Windows\SystemApps\MicrosoftWindows.Client.CBS_cw5n1h2txyewy\SearchHost.exe", "SearchHost.exe"),
        ("shellexperiencehost.exe", @"C:\Windows\SystemApps\ShellExperienceHost_cw5n1h2txyewy\ShellExperienceHost.exe", "ShellExperienceHost.exe"),
        ("splwow64.exe", @"C:\Windows\splwow64.exe", "splwow64.exe"),
        ("startmenuexperiencehost.exe", @"C:\Windows\SystemApps\Microsoft.Windows.StartMenuExperienceHost_cw5n1h2txyewy\StartMenuExperienceHost.exe", "StartMenuExperienceHost.exe"),
        ("textinputhost.exe", @"C:\Windows\SystemApps\MicrosoftWindows.Client.CBS_cw5n1h2txyewy\TextInputHost.exe", "TextInputHost.exe"),
        ("tiworker.exe", @"C:\Windows\WinSxS\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.26100.1738_none_5a4b1c86ab0d4f21\TiWorker.exe", "TiWorker.exe"),
        ("trustedinstaller.exe", @"C:\Windows\servicing\TrustedInstaller.exe", "TrustedInstaller.exe"),
        ("w3wp.exe", @"C:\Windows\System32\inetsrv\w3wp.exe", "w3wp.exe"),
        ("wmiprvse.exe", @"C:\Windows\System32\wbem\WmiPrvSE.exe", "Wmiprvse.exe"),
        ("wmic.exe", @"C:\Windows\System32\wbem\WMIC.exe", "wmic.exe"),
        ("widgetservice.exe", @"C:\Program Files\WindowsApps\Microsoft.WidgetsPlatformRuntime_1.6.9.0_x64__8wekyb3d8bbwe\WidgetService\WidgetService.exe", "WidgetService.exe"),
    ];
}
