namespace Changeling.Simulation.Habits;

/// <summary>Agents that manage, watch and inventory every machine, with shells of their own.</summary>
internal static class ManagementHabits
{
    public static readonly Habit[] Everywhere =
    [
        new("client-agent", "ccmexec", Rhythm.WhileOn(3),
            new Scene(
                "powershell.exe",
                @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -NoLogo -Noninteractive -NoProfile " +
                    @"-ExecutionPolicy Bypass & 'C:\Windows\CCM\SystemTemp\<guid>.ps1'") { Weight = 4 },
            new Scene(
                "powershell.exe",
                @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -NoProfile -NonInteractive -EncodedCommand " +
                    @"<encoded:management>") { Weight = 0.3 },
            new Scene(
                "cmd.exe",
                @"C:\Windows\system32\cmd.exe /c ver",
                @"C:\Windows\system32\cmd.exe /c wmic os get version")
            { Weight = 0.6, Then = [new("wmic.exe", "wmic  os get version") { Odds = 0.5 }] }),
        new(
            "client-agent-hosts",
            "dcom",
            Rhythm.WhileOn(1),
            new Scene("wmiprvse.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -Embedding") { As = "system" }),
        new(
            "inventory",
            "ccmexec",
            Rhythm.WhileOn(0.9),
            new Scene("dllhost.exe", @"C:\Windows\system32\dllhost.exe /Processid:{F9717507-6651-4EDB-BFF7-AE615179BCCF}")),
    ];

    public static readonly Habit[] Workstation =
    [
        new("device-management", "intune", Rhythm.Every(240), new Scene(
            "intune-agent",
            "<path> -powershell \"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\DetectionScripts\\" +
                "<guid>_<num:1-9>\\detect.ps1\" \"C:\\Windows\\IMECache\\HealthScripts\\<guid>\\out.txt\" " +
                "\"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\" 60000 \"True\"")
        {
            Then =
            [
                new(
                    "powershell.exe",
                    @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -NoProfile -executionPolicy bypass -file " +
                        @"""C:\Windows\IMECache\HealthScripts\<guid>_<num:1-9>\detect.ps1"""),
            ],
        }),
        new("notifications", "ccmexec", Rhythm.WhileOn(1), new Scene("scnotification.exe", "<path>") { As = "user" }),
        new(
            "device-sync",
            "schedule",
            Rhythm.WhileOn(3),
            new Scene("deviceenroller.exe", @"C:\Windows\system32\deviceenroller.exe /o ""<guid>"" /c /b") { As = "system" }),
    ];

    /// <summary>Monitoring looks at servers all day long.</summary>
    public static readonly Habit[] Server =
    [
        new(
            "monitoring-probes",
            "monitor",
            Rhythm.Every(9),
            new Scene("monitor-probe", "<path> --check <counter> --timeout 30", "<path> --check <counter> --warn 80 --crit 95")),
        new("monitoring-commands", "monitor", Rhythm.Every(22),
            new Scene(
                "cmd.exe",
                @"C:\Windows\system32\cmd.exe /c ""C:\Program Files\Northgate Monitoring\Agent\plugins\check_<counter>.cmd""")
            {
                Weight = 3,
                Then =
                [
                    new("netstat.exe", "netstat  -an") { Odds = 0.25 },
                    new("findstr.exe", "findstr  /C:\"LISTENING\"") { Odds = 0.25 },
                    new("sc.exe", "sc  query <service>") { Odds = 0.3 },
                    new("tasklist.exe", "tasklist  /fo csv /nh") { Odds = 0.2 },
                ],
            },
            new Scene(
                "powershell.exe",
                "powershell.exe -NoProfile -ExecutionPolicy Bypass -File \"C:\\Program Files\\Northgate " +
                    "Monitoring\\Agent\\plugins\\check_<counter>.ps1\"") { Weight = 3 },
            new Scene(
                "cscript.exe",
                "cscript.exe //nologo \"C:\\Program Files\\Northgate Monitoring\\Agent\\plugins\\check_<counter>.vbs\"") { Weight = 0.6 }),
        new(
            "server-tasks",
            "schedule",
            Rhythm.WhileOn(5),
            new Scene(
                "powershell.exe",
                @"powershell.exe -NoProfile -File C:\Scripts\Rotate-Logs.ps1",
                @"powershell.exe -NonInteractive -ExecutionPolicy RemoteSigned -File C:\Scripts\<adminscript>") { As = "system" }),
        new(
            "clock",
            "schedule",
            Rhythm.WhileOn(1),
            new Scene("w32tm.exe", "w32tm.exe /query /status", "w32tm.exe /resync") { As = "local" }),
    ];
}
