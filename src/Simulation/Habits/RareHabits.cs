namespace Changeling.Simulation.Habits;

/// <summary>
/// Rare benign activity: first installs, support sessions, one-off commands, crashes. Without it every rare launch in a simulated fleet
/// would be an attack.
/// </summary>
internal static class RareHabits
{
    public static readonly Habit[] Workstation =
    [
        new("install-download", "explorer", Rhythm.AtWork(0.12), new Scene("downloaded-setup", "<path> ")
        {
            Then =
            [
                new(
                    "inno-setup",
                    "<path> /SL5=\"$<hex:6>,<num:1000000-90000000>,<num:100000-900000>,C:\\Users\\<user>\\Downloads\\" +
                        "<=product>-setup.exe\" ")
                {
                    Then =
                    [
                        new(
                            "regsvr32.exe",
                            "\"C:\\Windows\\system32\\regsvr32.exe\" /s \"C:\\Program Files\\<=product>\\shellext.dll\"")
                        { Odds = 0.4, After = 10 },
                        new("taskkill.exe", "\"taskkill.exe\" /F /IM <=product>.exe") { Odds = 0.3 },
                    ],
                },
            ],
        }),
        new(
            "install-package",
            "explorer",
            Rhythm.AtWork(0.15),
            new Scene("msiexec.exe", @"""C:\Windows\System32\msiexec.exe"" /i ""C:\Users\<user>\Downloads\<product>.msi"" ")),
        new(
            "install-server",
            "services",
            Rhythm.WhileOn(0.4),
            new Scene("msiexec.exe", @"C:\Windows\system32\msiexec.exe /V")
            {
                As = "system",
                Then =
                [
                    new(
                        "msiexec.exe",
                        @"C:\Windows\syswow64\MsiExec.exe -Embedding <hex:32> E Global\MSI0000",
                        @"C:\Windows\System32\MsiExec.exe -Embedding <hex:32>")
                    {
                        Odds = 0.8,
                        Then =
                        [
                            new(
                                "rundll32.exe",
                                "rundll32.exe \"C:\\Windows\\Installer\\MSI<hex:4>.tmp\",zzzzInvokeManagedCustomActionOutOfProc " +
                                    "SfxCA_<num:100000-9999999> 2 CustomActions!CustomActions.Configure") { Odds = 0.25 },
                        ],
                    },
                ],
            }),
        new(
            "install-pushed",
            "ccmexec",
            Rhythm.WhileOn(0.12),
            new Scene(
                "msiexec.exe",
                "\"C:\\Windows\\system32\\msiexec.exe\" /i \"<product>.msi\" /qn /norestart ALLUSERS=1 /L*v " +
                    "C:\\Windows\\Temp\\<product>.log"),
            new Scene("nsis-setup", "<path> /S")),
        new(
            "remote-help",
            "explorer",
            Rhythm.AtWork(0.05),
            new Scene("quickassist.exe", "<path> ")
            {
                Then =
                [
                    new("helpdesk-tool", "<path> --session <guid>"),
                    new("cmd.exe", @"""C:\Windows\system32\cmd.exe"" ")
                    {
                        As = "helpdesk",
                        Odds = 0.6,
                        After = 120,
                        Then =
                        [
                            new("ipconfig.exe", "ipconfig  /all") { After = 20 },
                            new("ping.exe", "ping  dc-0145") { After = 20 },
                            new("gpupdate.exe", "gpupdate  /force") { Odds = 0.5, After = 30 },
                        ],
                    },
                ],
            }),
        new(
            "user-shell",
            "explorer",
            Rhythm.AtWork(0.07),
            new Scene("cmd.exe", @"""C:\Windows\system32\cmd.exe"" ")
            {
                Then =
                [
                    new("ipconfig.exe", "ipconfig") { Odds = 0.6, After = 15 },
                    new("ping.exe", "ping  intranet.corp.example") { Odds = 0.4, After = 20 },
                ],
            },
            new Scene("powershell.exe", "<path> ") { Weight = 0.3 }),
        new(
            "macro-tools",
            "word",
            Rhythm.AtWork(0.012),
            new Scene("cmd.exe", @"cmd.exe /c start """" ""\\<fileserver>\<share>\Templates\letter.dotm""") { Weight = 1 },
            new Scene("cscript.exe", @"cscript.exe //nologo \\<fileserver>\Public\Templates\merge.vbs") { Weight = 0.5 }),
        new("web-install", "edge", Rhythm.AtWork(0.1), new Scene("downloaded-setup", "<path> ")),
        new(
            "logon-script",
            "explorer",
            Rhythm.AtLogon,
            new Scene("wscript.exe", @"""C:\Windows\System32\WScript.exe"" ""\\corp.example\NETLOGON\printers.vbs"" ")) { Share = 0.08 },
        new(
            "crash",
            "explorer",
            Rhythm.AtWork(0.1),
            new Scene("werfault.exe", @"C:\Windows\system32\WerFault.exe -u -p <num:2000-20000> -s <num:200-3000>")),
        new(
            "troubleshooter",
            "explorer",
            Rhythm.AtWork(0.05),
            new Scene(
                "msdt.exe",
                @"""C:\Windows\system32\msdt.exe"" -id NetworkDiagnosticsWeb -skip TRUE")
            { Then = [new("sdiagnhost.exe", @"C:\Windows\System32\sdiagnhost.exe -Embedding")] }),
        new(
            "driver",
            "dcom",
            Rhythm.WhileOn(0.12),
            new Scene(
                "drvinst.exe",
                "DrvInst.exe \"4\" \"<num:1-9>\" \"C:\\Windows\\System32\\DriverStore\\Temp\\{<guid>}\\oem<num:10-90>.inf\" \"9\" " +
                    "\"<hex:9>\" \"0000000000000<hex:3>\" \"WinSta0\\Default\"") { As = "system" }),
        new(
            "meeting-guest",
            "edge",
            Rhythm.AtWork(0.15),
            new Scene("zoom.exe", "<path> \"--url=zoommtg://meet.example/join?action=join&confno=<num:1000000000-9999999999>\"")),
    ];

    /// <summary>Administrators' one-off commands on workstations of their own.</summary>
    public static readonly Habit[] Admin =
    [
        new(
            "hash-check",
            "admin-shell",
            Rhythm.AtWork(0.25),
            new Scene(
                "certutil.exe",
                "certutil  -hashfile <product>.zip SHA256",
                "certutil  -dump C:\\Temp\\server.cer",
                "certutil  -store My")),
        new(
            "remote-fix",
            "admin-shell",
            Rhythm.AtWork(0.25),
            new Scene("psexec.exe", @"<path> \\<host> -s cmd /c gpupdate /force", @"<path> -accepteula \\<host> ipconfig /all"),
            new Scene("winrs.exe", "winrs  -r:<host> hostname"),
            new Scene("wmic.exe", "wmic  /node:<host> os get lastbootuptime", "wmic  /node:<host> bios get serialnumber")),
        new(
            "registry-look",
            "admin-shell",
            Rhythm.AtWork(0.4),
            new Scene(
                "reg.exe",
                @"reg  query HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall /s",
                @"reg  export HKLM\SOFTWARE\Corp C:\Temp\corp.reg /y")),
        new("service-dump", "admin-shell", Rhythm.AtWork(0.06), new Scene("procdump.exe", "<path> -ma w3wp.exe C:\\Dumps")),
    ];

    public static readonly Habit[] Server =
    [
        new(
            "remote-service",
            "services",
            Rhythm.WhileOn(0.04),
            new Scene("psexesvc.exe", @"C:\Windows\PSEXESVC.exe")
            {
                As = "system",
                Then =
                [
                    new("gpupdate.exe", "\"gpupdate\" /force") { Odds = 0.6 },
                    new("cmd.exe", "\"cmd\" /c ipconfig /all") { Odds = 0.4, Then = [new("ipconfig.exe", "ipconfig  /all")] },
                ],
            }),
        new(
            "server-install",
            "services",
            Rhythm.WhileOn(0.25),
            new Scene("msiexec.exe", @"C:\Windows\system32\msiexec.exe /V")
            {
                As = "system",
                Then = [new("msiexec.exe", @"C:\Windows\System32\MsiExec.exe -Embedding <hex:32> E Global\MSI0000") { Odds = 0.8 }],
            }),
        new(
            "certificate-renewal",
            "schedule",
            Rhythm.WhileOn(0.3),
            new Scene("certutil.exe", "certutil.exe -pulse", "certutil.exe -verifyctl AuthRoot") { As = "system" },
            new Scene("taskhostw.exe", "taskhostw.exe KEYROAMING") { As = "system" }),
        new(
            "performance-counters",
            "services",
            Rhythm.WhileOn(0.1),
            new Scene("lodctr.exe", @"""C:\Windows\system32\lodctr.exe"" /r") { As = "system" }),
        new(
            "provider-registration",
            "ccmexec",
            Rhythm.WhileOn(0.08),
            new Scene("mofcomp.exe", @"C:\Windows\system32\wbem\mofcomp.exe -N:root\ccm ""C:\Windows\CCM\ccmcore.mof""")),
    ];
}
