namespace Changeling.Simulation.Habits;

/// <summary>The usual activity of each kind of server, and of administrators at its desktop.</summary>
internal static class ServerHabits
{
    private const string Pool = "<path> -v \"v4.0\" -l \"webengine4.dll\" -a \\\\.\\pipe\\iisipm<guid> -h " +
            "\"C:\\inetpub\\temp\\apppools\\DefaultAppPool\\DefaultAppPool.config\" -w \"\" -m 0 -t 20 -ta 0";

    public static readonly Habit[] Web =
    [
        new(
            "web-service",
            "services",
            Rhythm.AtBoot,
            new Scene(
                "svchost.exe",
                @"C:\Windows\system32\svchost.exe -k iissvcs") { As = "system", Stays = "iis", After = 20, Then = [Worker] }),
        new("web-recycling", "iis", Rhythm.WhileOn(9), Worker),
        new(
            "web-compiling",
            "w3wp",
            Rhythm.WhileOn(4),
            new Scene(
                "csc.exe",
                @"""C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe"" /noconfig /fullpaths " +
                    @"@""C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\root\<hex:8>\<hex:8>\<hex:8>.cmdline""")
            {
                Then =
                [
                    new(
                        "cvtres.exe",
                        @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\cvtres.exe /NOLOGO /READONLY /MACHINE:IX86 " +
                            @"""/OUT:C:\Windows\TEMP\RES<hex:4>.tmp"" ""C:\Windows\TEMP\CSC<hex:32>.TMP"""),
                ],
            }),
        new(
            "web-images",
            "w3wp",
            Rhythm.WhileOn(6),
            new Scene("wkhtmltopdf", "<path> --quiet http://localhost/print/<num:1000-99999> C:\\inetpub\\temp\\<guid>.pdf")),
        new(
            "web-deploy",
            "services",
            Rhythm.AtWork(0.4),
            new Scene("msdeploy.exe", "<path> -verb:sync -source:package=C:\\Deploy\\<repo>.zip -dest:auto")
            {
                As = "system",
                Then = [new("appcmd.exe", "appcmd.exe recycle apppool /apppool.name:DefaultAppPool") { After = 8 }],
            }),
        new(
            "web-logs",
            "schedule",
            Rhythm.AtNight(1),
            new Scene("cmd.exe", @"C:\Windows\system32\cmd.exe /c forfiles /p C:\inetpub\logs /s /m *.log /d -30 /c ""cmd /c del @path""")
            {
                As = "system",
                Then =
                [
                    new(
                        "forfiles.exe",
                        @"forfiles  /p C:\inetpub\logs /s /m *.log /d -30 /c ""cmd /c del @path""")
                    { Then = [new("cmd.exe", @"/c del ""C:\inetpub\logs\u_ex<num:261001-261030>.log""") { Times = 6 }] },
                ],
            }),
    ];

    public static readonly Habit[] Database =
    [
        new(
            "database-service",
            "services",
            Rhythm.AtBoot,
            new Scene("sqlservr.exe", "<path> -sMSSQLSERVER") { As = "service", Stays = "sqlservr", After = 20 }),
        new(
            "database-agent",
            "services",
            Rhythm.AtBoot,
            new Scene("sqlagent.exe", "<path> -i MSSQLSERVER") { As = "service", Stays = "sqlagent", After = 30 }),
        new("agent-jobs", "sqlagent", Rhythm.Every(25),
            new Scene("cmd.exe", @"""C:\Windows\system32\cmd.exe"" /c D:\Jobs\<=job>.cmd")
            {
                Weight = 3,
                Then =
                [
                    new(
                        "sqlcmd.exe",
                        "sqlcmd  -S localhost -E -d <database> -i D:\\Jobs\\<=job>.sql -o D:\\Jobs\\Logs\\<=job>.log") { Odds = 0.7 },
                    new("bcp.exe", "bcp  <database>.dbo.<topic> out D:\\Exports\\<topic>.csv -c -T") { Odds = 0.4 },
                ],
            },
            new Scene("powershell.exe", "\"<exe>\" -NoProfile -ExecutionPolicy Bypass -File D:\\Jobs\\<job>.ps1") { Weight = 2 },
            new Scene(
                "dtexec.exe",
                "<path> /ISSERVER \"\\\"\\SSISDB\\<database>\\<job>\\Package.dtsx\\\"\" /SERVER localhost /Par " +
                    "\"$ServerOption::SYNCHRONIZED(Boolean)\";True")
            { Weight = 1 }),
        new(
            "database-shell",
            "sqlservr",
            Rhythm.WhileOn(1.2),
            new Scene(
                "cmd.exe",
                @"""C:\Windows\system32\cmd.exe"" /c dir /b D:\Backup\*.bak",
                @"""C:\Windows\system32\cmd.exe"" /c del D:\Backup\<database>_<num:20261001-20261031>.bak")),
        new("database-console", "explorer", Rhythm.AtWork(1.5), new Scene("ssms.exe", "<path> ", "<path> -S localhost -E")),
    ];

    public static readonly Habit[] File =
    [
        new(
            "backup-service",
            "services",
            Rhythm.AtBoot,
            new Scene("backup-agent", "<path> --service") { As = "service", Stays = "backup", After = 25 }),
        new(
            "backup-runs",
            "backup",
            Rhythm.Every(45),
            new Scene("backupcli", "<path> run --set shares --incremental", "<path> verify --set shares --sample 5")),
        new(
            "backup-nights",
            "backup",
            Rhythm.AtNight(2),
            new Scene("backupcli", "<path> run --set full --vss")
            {
                Then =
                [
                    new("vssadmin.exe", "vssadmin  list shadows", "vssadmin  list writers") { Odds = 0.8 },
                    new(
                        "cmd.exe",
                        @"C:\Windows\system32\cmd.exe /c ""C:\Program Files\Harbor Backup\hooks\post.cmd""")
                    { Then = [new("wevtutil.exe", "wevtutil  qe Application /c:20 /rd:true /f:text") { Odds = 0.6 }] },
                ],
            }),
        new(
            "copies",
            "schedule",
            Rhythm.Every(120),
            new Scene(
                "robocopy.exe",
                @"robocopy.exe E:\Shares\<share> \\nas01.corp.example\mirror\<share> /MIR /Z /R:2 /W:5 /NP /LOG+:C:\Logs\mirror.log")
            { As = "service" }),
        new(
            "print-drivers",
            "spooler",
            Rhythm.WhileOn(5),
            new Scene("printisolationhost.exe", @"C:\Windows\system32\PrintIsolationHost.exe -Embedding"),
            new Scene("splwow64.exe", @"C:\Windows\splwow64.exe 8192")),
        new(
            "quota-reports",
            "schedule",
            Rhythm.WhileOn(2),
            new Scene("powershell.exe", @"powershell.exe -NoProfile -File C:\Scripts\Report-Quota.ps1 -Share <share>")
            {
                As = "service",
                Then = [new("icacls.exe", @"icacls  E:\Shares\<share> /save C:\Logs\acl.txt /t /c") { Odds = 0.2 }],
            }),
    ];

    public static readonly Habit[] Domain =
    [
        new("dns-service", "services", Rhythm.AtBoot, new Scene("dns.exe", "<exe>") { As = "system" }),
        new("replication-service", "services", Rhythm.AtBoot, new Scene("dfsrs.exe", @"C:\Windows\system32\DFSRs.exe") { As = "system" }),
        new(
            "directory-checks",
            "schedule",
            Rhythm.Every(60),
            new Scene("powershell.exe", @"powershell.exe -NoProfile -File C:\Scripts\Check-Replication.ps1")
            {
                As = "system",
                Then =
                [
                    new(
                        "repadmin.exe",
                        "\"C:\\Windows\\system32\\repadmin.exe\" /showrepl * /csv",
                        "\"C:\\Windows\\system32\\repadmin.exe\" /replsummary"),
                    new("dcdiag.exe", "\"C:\\Windows\\system32\\dcdiag.exe\" /q") { Odds = 0.3 },
                    new("w32tm.exe", "\"C:\\Windows\\system32\\w32tm.exe\" /monitor") { Odds = 0.3 },
                ],
            }),
        new(
            "directory-backup",
            "services",
            Rhythm.AtNight(1),
            new Scene("wbengine.exe", "\"C:\\Windows\\system32\\wbengine.exe\"") { As = "system" }),
        new(
            "directory-console",
            "explorer",
            Rhythm.AtWork(2),
            new Scene(
                "mmc.exe",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\dsa.msc"" ",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\dnsmgmt.msc"" ")),
        new(
            "directory-typed",
            "explorer",
            Rhythm.AtWork(0.8),
            new Scene("powershell.exe", "<path> ")
            {
                Then =
                [
                    new("dsquery.exe", "dsquery  user -inactive 12") { Odds = 0.5, After = 20 },
                    new("repadmin.exe", "repadmin  /syncall /AdeP") { Odds = 0.5, After = 20 },
                    new("nltest.exe", "nltest  /dclist:corp.example") { Odds = 0.2, After = 20 },
                ],
            }),
    ];

    /// <summary>Someone who looks after a server, at its desktop or through remoting.</summary>
    public static readonly Habit[] Desk =
    [
        new("remote-desktop", "termservice", Rhythm.WhileOn(1), new Scene("rdpclip.exe", "rdpclip") { As = "user" }),
        new(
            "server-manager",
            "explorer",
            Rhythm.WhileOn(0.8),
            new Scene("servermanager.exe", "<path> "),
            new Scene("mmc.exe", @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\eventvwr.msc"" /s"),
            new Scene("taskmgr.exe", "<path> /7")),
        new(
            "server-shell",
            "explorer",
            Rhythm.WhileOn(0.8),
            new Scene("powershell.exe", "<path> ")
            {
                Then =
                [
                    new("ping.exe", "\"C:\\Windows\\system32\\PING.EXE\" <host>") { Odds = 0.4, After = 20 },
                    new("ipconfig.exe", "\"C:\\Windows\\system32\\ipconfig.exe\" /all") { Odds = 0.4, After = 20 },
                    new("netstat.exe", "\"C:\\Windows\\system32\\NETSTAT.EXE\" -ano") { Odds = 0.2, After = 20 },
                    new("gpupdate.exe", "\"C:\\Windows\\system32\\gpupdate.exe\" /force") { Odds = 0.3, After = 20 },
                ],
            }),
        new(
            "remoting",
            "dcom",
            Rhythm.WhileOn(1.5),
            new Scene("wsmprovhost.exe", @"C:\Windows\system32\wsmprovhost.exe -Embedding")
            {
                As = "user",
                Then = [new("sc.exe", "\"C:\\Windows\\system32\\sc.exe\" query <service>") { Odds = 0.15, After = 5 }],
            }),
    ];

    private static Scene Worker => new("w3wp.exe", Pool) { As = "service", Stays = "w3wp" };
}
