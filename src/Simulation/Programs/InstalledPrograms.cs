using static Changeling.Simulation.Programs.ProgramFile;

namespace Changeling.Simulation.Programs;

/// <summary>Programs that were installed, and those that come under changing names.</summary>
internal static class InstalledPrograms
{
    private const string Office = @"C:\Program Files\Microsoft Office\root\Office16\";
    private const string OfficeVersion = "16.0.18526.20168";
    private const string Local = @"C:\Users\<user>\AppData\Local\";

    public static IEnumerable<(string Key, ProgramFile File)> Rows =>
        Table.Select(row => (row.Key, new ProgramFile(row.Path, row.OriginalName, row.Company, row.Signer, row.Version, IsConsole: false)));

    private static readonly (string Key, string Path, string? OriginalName, string? Company, string? Signer, string Version)[] Table =
    [
        // Office and mail
        ("winword.exe", Office + "WINWORD.EXE", "WinWord.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("excel.exe", Office + "EXCEL.EXE", "Excel.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("powerpnt.exe", Office + "POWERPNT.EXE", "POWERPNT.EXE", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("outlook.exe", Office + "OUTLOOK.EXE", "Outlook.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("ai.exe", @"C:\Program Files\Microsoft Office\root\vfs\ProgramFilesCommonX64\Microsoft Shared\Office16\ai.exe", "ai.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("msosync.exe", Office + "MSOSYNC.EXE", "MSOSYNC.EXE", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("sdxhelper.exe", Office + "SDXHelper.exe", "SDXHelper.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("officeclicktorun.exe", @"C:\Program Files\Common Files\Microsoft Shared\ClickToRun\OfficeClickToRun.exe", "OfficeClickToRun.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("officec2rclient.exe", @"C:\Program Files\Common Files\Microsoft Shared\ClickToRun\OfficeC2RClient.exe", "OfficeC2RClient.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),
        ("acrobat.exe", @"C:\Program Files\Adobe\Acrobat DC\Acrobat\Acrobat.exe", "Acrobat.exe", "Adobe Systems Incorporated", "Adobe Inc.", "25.1.20756.0"),
        ("acrocef.exe", @"C:\Program Files\Adobe\Acrobat DC\Acrobat\acrocef_1\AcroCEF.exe", "AcroCEF.exe", "Adobe Systems Incorporated", "Adobe Inc.", "25.1.20756.0"),
        ("adobearm.exe", @"C:\Program Files (x86)\Common Files\Adobe\ARM\1.0\AdobeARM.exe", "AdobeARM.exe", "Adobe Inc.", "Adobe Inc.", "1.824.460.1067"),
        ("onenotem.exe", Office + "ONENOTEM.EXE", "OneNoteM.exe", MicrosoftCorporation, MicrosoftCorporation, OfficeVersion),

        // Browsers and meetings
        ("msedge.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", "msedge.exe", MicrosoftCorporation, MicrosoftCorporation, "142.0.3595.53"),
        ("chrome.exe", @"C:\Program Files\Google\Chrome\Application\chrome.exe", "chrome.exe", "Google LLC", "Google LLC", "142.0.7444.60"),
        ("firefox.exe", @"C:\Program Files\Mozilla Firefox\firefox.exe", "firefox.exe", "Mozilla Corporation", "Mozilla Corporation", "144.0.2"),
        ("msedgewebview2.exe", @"C:\Program Files (x86)\Microsoft\EdgeWebView\Application\142.0.3595.53\msedgewebview2.exe", "msedgewebview2.exe", MicrosoftCorporation, MicrosoftCorporation, "142.0.3595.53"),
        ("identity-helper", @"C:\Program Files (x86)\Microsoft\Edge\Application\142.0.3595.53\identity_helper.exe", "identity_helper.exe", MicrosoftCorporation, MicrosoftCorporation, "142.0.3595.53"),
        ("teams.exe", @"C:\Program Files\WindowsApps\MSTeams_25275.2601.4002.2815_x64__8wekyb3d8bbwe\ms-teams.exe", "ms-teams.exe", MicrosoftCorporation, MicrosoftCorporation, "25275.2601.4002.2815"),
        ("onedrive.exe", Local + @"Microsoft\OneDrive\OneDrive.exe", "OneDrive.exe", MicrosoftCorporation, MicrosoftCorporation, "25.194.1005.0003"),
        ("filecoauth.exe", Local + @"Microsoft\OneDrive\25.194.1005.0003\FileCoAuth.exe", "FileCoAuth.exe", MicrosoftCorporation, MicrosoftCorporation, "25.194.1005.0003"),
        ("onedriveupdater.exe", Local + @"Microsoft\OneDrive\OneDriveStandaloneUpdater.exe", "OneDriveStandaloneUpdater.exe", MicrosoftCorporation, MicrosoftCorporation, "25.194.1005.0003"),
        ("zoom.exe", @"C:\Users\<user>\AppData\Roaming\Zoom\bin\Zoom.exe", "Zoom.exe", "Zoom Communications, Inc.", "Zoom Communications, Inc.", "6.6.2.19875"),
        ("7zfm.exe", @"C:\Program Files\7-Zip\7zFM.exe", "7zFM.exe", "Igor Pavlov", null, "25.01"),
        ("7zg.exe", @"C:\Program Files\7-Zip\7zG.exe", "7zg.exe", "Igor Pavlov", null, "25.01"),
        ("notepad++.exe", @"C:\Program Files\Notepad++\notepad++.exe", "Notepad++.exe", "Don HO don.h@free.fr", "Notepad++", "8.8.7"),

        // Updaters and set-ups, many under changing names
        ("microsoftedgeupdate.exe", @"C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe", "msedgeupdate.dll", MicrosoftCorporation, MicrosoftCorporation, "1.3.211.25"),
        ("edge-installer", @"C:\Program Files (x86)\Microsoft\EdgeUpdate\Install\{<=guid>}\MicrosoftEdge_X64_<=edge>.exe", "mini_installer.exe", MicrosoftCorporation, MicrosoftCorporation, "142.0.3595.65"),
        ("edge-setup", @"C:\Program Files (x86)\Microsoft\EdgeUpdate\Install\{<=guid>}\EDGEMITMP_<hex:5>.tmp\setup.exe", "setup.exe", MicrosoftCorporation, MicrosoftCorporation, "142.0.3595.65"),
        ("googleupdater", @"C:\Program Files (x86)\Google\GoogleUpdater\<google>\updater.exe", "updater.exe", "Google LLC", "Google LLC", "143.0.7482.0"),
        ("teams-update", Local + @"Microsoft\Teams\Update.exe", "Update.exe", MicrosoftCorporation, MicrosoftCorporation, "3.2.0.0"),
        ("teams-squirrel", Local + @"Microsoft\Teams\stage\squirrel.exe", "Update.exe", MicrosoftCorporation, MicrosoftCorporation, "3.2.0.0"),
        ("am-delta", @"C:\Windows\SoftwareDistribution\Download\Install\AM_Delta_Patch_1.<num:421-443>.<num:10-999>.0.exe", "AM_Delta_Patch.exe", MicrosoftCorporation, MicrosoftCorporation, "1.441.120.0"),
        ("am-base", @"C:\Windows\SoftwareDistribution\Download\Install\AM_Engine_Patch_1.1.<num:24010-26090>.<num:1-12>.exe", "AM_Engine_Patch.exe", MicrosoftCorporation, MicrosoftCorporation, "1.1.25090.3009"),
        ("odt", @"C:\Windows\Temp\odt<num:1000-9999>.tmp.exe", "OfficeDeploymentTool.exe", MicrosoftCorporation, MicrosoftCorporation, "16.0.18526.20146"),
        ("inno-setup", Local + @"Temp\is-<hex:5>.tmp\<=product>-setup.tmp", null, "", null, "51.1052.0.0"),
        ("downloaded-setup", @"C:\Users\<user>\Downloads\<=product>-setup.exe", null, "<=product> team", "<=product> Software GmbH", "4.2.1"),
        ("nsis-setup", Local + @"Temp\nss<hex:4>.tmp\ns<hex:4>.tmp", null, null, null, ""),
        ("mpsigstub.exe", @"C:\Windows\System32\MpSigStub.exe", "mpsigstub.exe", MicrosoftCorporation, MicrosoftCorporation, "1.1.25090.1"),
        ("mpcmdrun.exe", @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25090.3009-0\MpCmdRun.exe", "MpCmdRun.exe", MicrosoftCorporation, MicrosoftWindows, "4.18.25090.3009"),
        ("msmpeng.exe", @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25090.3009-0\MsMpEng.exe", "MsMpEng.exe", MicrosoftCorporation, MicrosoftWindows, "4.18.25090.3009"),
        ("sensecncproxy.exe", @"C:\Program Files\Windows Defender Advanced Threat Protection\SenseCncProxy.exe", "SenseCncProxy.exe", MicrosoftCorporation, MicrosoftWindows, "10.8810.26100.1"),
        ("mssense.exe", @"C:\Program Files\Windows Defender Advanced Threat Protection\MsSense.exe", "MsSense.exe", MicrosoftCorporation, MicrosoftWindows, "10.8810.26100.1"),

        // Development
        ("devenv.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\devenv.exe", "devenv.exe", MicrosoftCorporation, MicrosoftCorporation, "17.14.36518.9"),
        ("msbuild.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\MSBuild\Current\Bin\amd64\MSBuild.exe", "MSBuild.exe", MicrosoftCorporation, MicrosoftCorporation, "17.14.23.42201"),
        ("vctip.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\VC\Tools\MSVC\14.44.35207\bin\HostX64\x64\vctip.exe", "VCTIP.EXE", MicrosoftCorporation, MicrosoftCorporation, "14.44.35217.0"),
        ("servicehub.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\ServiceHub\Hosts\ServiceHub.Host.Dotnet.x64\ServiceHub.RoslynCodeAnalysisService.exe", "ServiceHub.Host.Dotnet.x64.dll", MicrosoftCorporation, MicrosoftCorporation, "4.9.51"),
        ("perfwatson2.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\PerfWatson2.exe", "PerfWatson2.exe", MicrosoftCorporation, MicrosoftCorporation, "17.14.36518.9"),
        ("vbcscompiler.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\MSBuild\Current\Bin\Roslyn\VBCSCompiler.exe", "VBCSCompiler.dll", MicrosoftCorporation, MicrosoftCorporation, "4.14.0.0"),
        ("vstest.console.exe", @"C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\Extensions\TestPlatform\vstest.console.exe", "vstest.console.exe", MicrosoftCorporation, MicrosoftCorporation, "17.14.1"),
        ("testhost.exe", @"C:\Users\<user>\source\repos\<=repo>\test\bin\Debug\net8.0\testhost.exe", "testhost.dll", MicrosoftCorporation, MicrosoftCorporation, "17.14.1"),
        ("dotnet.exe", @"C:\Program Files\dotnet\dotnet.exe", ".NET Host", MicrosoftCorporation, ".NET", "10.0.25.52411"),
        ("own-app", @"C:\Users\<user>\source\repos\<=repo>\src\bin\Debug\net8.0\<=repo>.exe", "<=repo>.dll", "<=repo>", null, "1.0.0.0"),
        ("git.exe", @"C:\Program Files\Git\cmd\git.exe", "git.exe", "The Git Development Community", "Johannes Schindelin", "2.51.2.1"),
        ("git-inner", @"C:\Program Files\Git\mingw64\bin\git.exe", "git.exe", "The Git Development Community", "Johannes Schindelin", "2.51.2.1"),
        ("git-remote-https.exe", @"C:\Program Files\Git\mingw64\libexec\git-core\git-remote-https.exe", "git-remote-https.exe", "The Git Development Community", "Johannes Schindelin", "2.51.2.1"),
        ("sh.exe", @"C:\Program Files\Git\usr\bin\sh.exe", null, null, null, ""),
        ("bash.exe", @"C:\Program Files\Git\usr\bin\bash.exe", null, null, null, ""),
        ("node.exe", @"C:\Program Files\nodejs\node.exe", "node.exe", "Node.js", "OpenJS Foundation", "22.21.0"),
        ("esbuild.exe", @"C:\Users\<user>\source\repos\<=repo>\node_modules\@esbuild\win32-x64\esbuild.exe", null, null, null, ""),
        ("python.exe", Local + @"Programs\Python\Python313\python.exe", "python.exe", "Python Software Foundation", "Python Software Foundation", "3.13.9"),
        ("code.exe", Local + @"Programs\Microsoft VS Code\Code.exe", "electron.exe", MicrosoftCorporation, MicrosoftCorporation, "1.105.1"),
        ("rg.exe", Local + @"Programs\Microsoft VS Code\resources\app\node_modules\@vscode\ripgrep\bin\rg.exe", null, null, null, ""),
        ("docker.exe", @"C:\Program Files\Docker\Docker\resources\bin\docker.exe", "docker.exe", "Docker Inc.", "Docker Inc", "28.5.1"),
        ("wsl.exe", @"C:\Program Files\WSL\wsl.exe", "wsl.exe", MicrosoftCorporation, MicrosoftCorporation, "2.6.1.0"),
        ("windowsterminal.exe", @"C:\Program Files\WindowsApps\Microsoft.WindowsTerminal_1.23.12811.0_x64__8wekyb3d8bbwe\WindowsTerminal.exe", "WindowsTerminal.exe", MicrosoftCorporation, MicrosoftCorporation, "1.23.2509.22002"),
        ("pwsh.exe", @"C:\Program Files\PowerShell\7\pwsh.exe", "pwsh.dll", MicrosoftCorporation, MicrosoftCorporation, "7.5.4.500"),

        // Management, monitoring and servers
        ("ccmexec.exe", @"C:\Windows\CCM\CcmExec.exe", "CcmExec.exe", MicrosoftCorporation, MicrosoftCorporation, "5.00.9128.1007"),
        ("scnotification.exe", @"C:\Windows\CCM\SCNotification.exe", "SCNotification.exe", MicrosoftCorporation, MicrosoftCorporation, "5.00.9128.1007"),
        ("intune-agent", @"C:\Program Files (x86)\Microsoft Intune Management Extension\AgentExecutor.exe", "AgentExecutor.exe", MicrosoftCorporation, MicrosoftCorporation, "1.93.104.0"),
        ("intune-service", @"C:\Program Files (x86)\Microsoft Intune Management Extension\Microsoft.Management.Services.IntuneWindowsAgent.exe", "Microsoft.Management.Services.IntuneWindowsAgent.exe", MicrosoftCorporation, MicrosoftCorporation, "1.93.104.0"),
        ("monitor-agent", @"C:\Program Files\Northgate Monitoring\Agent\ngagent.exe", "ngagent.exe", "Northgate Software", "Northgate Software Ltd", "6.4.2.0"),
        ("monitor-probe", @"C:\Program Files\Northgate Monitoring\Agent\plugins\ngprobe.exe", "ngprobe.exe", "Northgate Software", "Northgate Software Ltd", "6.4.2.0"),
        ("backup-agent", @"C:\Program Files\Harbor Backup\hbagent.exe", "hbagent.exe", "Harbor Data AB", "Harbor Data AB", "12.1.4"),
        ("backupcli", @"C:\Program Files\Harbor Backup\hbcli.exe", "hbcli.exe", "Harbor Data AB", "Harbor Data AB", "12.1.4"),
        ("sqlservr.exe", @"C:\Program Files\Microsoft SQL Server\MSSQL16.MSSQLSERVER\MSSQL\Binn\sqlservr.exe", "SQLSERVR.EXE", MicrosoftCorporation, MicrosoftCorporation, "2022.0160.4215.02"),
        ("sqlagent.exe", @"C:\Program Files\Microsoft SQL Server\MSSQL16.MSSQLSERVER\MSSQL\Binn\SQLAGENT.EXE", "SQLAGENT.EXE", MicrosoftCorporation, MicrosoftCorporation, "2022.0160.4215.02"),
        ("sqlcmd.exe", @"C:\Program Files\Microsoft SQL Server\Client SDK\ODBC\170\Tools\Binn\SQLCMD.EXE", "SQLCMD.EXE", MicrosoftCorporation, MicrosoftCorporation, "2022.0160.1000.06"),
        ("bcp.exe", @"C:\Program Files\Microsoft SQL Server\Client SDK\ODBC\170\Tools\Binn\bcp.exe", "bcp.exe", MicrosoftCorporation, MicrosoftCorporation, "2022.0160.1000.06"),
        ("ssms.exe", @"C:\Program Files (x86)\Microsoft SQL Server Management Studio 20\Common7\IDE\Ssms.exe", "Ssms.exe", MicrosoftCorporation, MicrosoftCorporation, "20.2.37.0"),
        ("dtexec.exe", @"C:\Program Files\Microsoft SQL Server\160\DTS\Binn\DTExec.exe", "DTExec.exe", MicrosoftCorporation, MicrosoftCorporation, "2022.0160.4215.02"),
        ("msdeploy.exe", @"C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe", "msdeploy.exe", MicrosoftCorporation, MicrosoftCorporation, "9.0.2003.0"),
        ("wkhtmltopdf", @"C:\Program Files\wkhtmltopdf\bin\wkhtmltopdf.exe", "wkhtmltopdf.exe", "wkhtmltopdf.org", null, "0.12.6.1"),
        ("psexec.exe", @"C:\Tools\Sysinternals\PsExec.exe", "psexec.c", "Sysinternals - www.sysinternals.com", MicrosoftCorporation, "2.43"),
        ("psexesvc.exe", @"C:\Windows\PSEXESVC.exe", "psexesvc.exe", "Sysinternals", MicrosoftCorporation, "2.43"),
        ("procdump.exe", @"C:\Tools\Sysinternals\procdump64.exe", "procdump", "Sysinternals - www.sysinternals.com", MicrosoftCorporation, "11.0"),
        ("procexp.exe", @"C:\Tools\Sysinternals\procexp64.exe", "Procexp.exe", "Sysinternals - www.sysinternals.com", MicrosoftCorporation, "17.06"),
        ("putty.exe", @"C:\Program Files\PuTTY\putty.exe", "PuTTY", "Simon Tatham", "Simon Tatham", "Release 0.83"),
        ("winscp.exe", @"C:\Program Files (x86)\WinSCP\WinSCP.exe", "winscp.exe", "Martin Prikryl", "Martin Prikryl", "6.5.4.0"),
        ("helpdesk-tool", Local + @"Temp\QuickAssist\<=hex:8>\RemoteHelp.exe", "RemoteHelp.exe", MicrosoftCorporation, MicrosoftCorporation, "5.1.1998.0"),
        ("dns.exe", @"C:\Windows\System32\dns.exe", "dns.exe", MicrosoftCorporation, MicrosoftWindows, "10.0.20348.1"),

        // What attackers bring
        ("renamed-procdump", @"C:\Windows\Temp\<=payload>64.exe", "procdump", "Sysinternals - www.sysinternals.com", MicrosoftCorporation, "11.0"),
        ("dropper", @"C:\Users\Public\<=payload>.exe", null, null, null, ""),
        ("user-dropper", Local + @"Temp\<=payload>.exe", "<=payload>.exe", "", null, "1.0.0.0"),
        ("copied-rundll32", @"C:\ProgramData\<=payload>.exe", "RUNDLL32.EXE", MicrosoftCorporation, MicrosoftWindows, "10.0.26100.1 (WinBuild.160101.0800)"),
    ];
}
