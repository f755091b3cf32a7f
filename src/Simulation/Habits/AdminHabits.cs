namespace Changeling.Simulation.Habits;

/// <summary>What administrators type and click: much of it is what attackers use as well.</summary>
internal static class AdminHabits
{
    private static readonly Scene[] Typed =
    [
        new("ping.exe", "ping  <host>", "ping  -n 2 <host>", "ping  <address>") { Weight = 4 },
        new("ipconfig.exe", "ipconfig", "ipconfig  /all", "ipconfig  /flushdns") { Weight = 3 },
        new("nslookup.exe", "nslookup  <host>", "nslookup  <host>.corp.example dc-0145") { Weight = 3 },
        new("gpupdate.exe", "gpupdate  /force", "gpupdate") { Weight = 2 },
        new("gpresult.exe", @"gpresult  /h C:\Temp\gp.html", "gpresult  /r") { Weight = 1 },
        new("net.exe", "net  use", @"net  use * \\<fileserver>\<share>", "net  time", "net  view \\\\<host>") { Weight = 2 },
        new("net.exe", "net  group \"<=topic>\" /domain")
        {
            Weight = 0.8,
            Then = [new("net1.exe", @"C:\Windows\system32\net1  group ""<=topic>"" /domain") { After = 0.03 }],
        },
        new("net.exe", "net  start <=service>")
        {
            Weight = 0.8,
            Then = [new("net1.exe", @"C:\Windows\system32\net1  start <=service>") { After = 0.03 }],
        },
        new(
            "robocopy.exe",
            @"robocopy  \\<fileserver>\<share> D:\Transfer /MIR /R:1 /W:1 /LOG:C:\Temp\copy.log",
            @"robocopy  C:\Temp \\<host>\c$\Temp *.msi") { Weight = 1.5 },
        new("whoami.exe", "whoami", "whoami  /groups") { Weight = 0.8 },
        new("quser.exe", "quser  /server:<host>") { Weight = 1 },
        new("tasklist.exe", "tasklist  /s <host>", "tasklist  /svc") { Weight = 0.8 },
        new("systeminfo.exe", "systeminfo", "systeminfo  /s <host>") { Weight = 0.5 },
        new("netstat.exe", "netstat  -ano") { Weight = 0.6 },
        new("sc.exe", "sc  query <service>", @"sc  \\<host> query <service>", @"sc  \\<host> start <service>") { Weight = 1 },
        new("schtasks.exe", "schtasks  /query /s <host> /fo csv", "schtasks  /run /tn \"\\Corp\\Inventory\"") { Weight = 0.6 },
        new("repadmin.exe", "repadmin  /replsummary") { Weight = 0.4 },
        new("shutdown.exe", @"shutdown  /r /m \\<host> /t 60") { Weight = 0.3 },
        new("tracert.exe", "tracert  -d <address>") { Weight = 0.3 },
        new("klist.exe", "klist  purge") { Weight = 0.2 },
        new("certutil.exe", "certutil  -hashfile C:\\Users\\<user>\\Downloads\\<product>.msi SHA256") { Weight = 0.15 },
        new("psexec.exe", @"<path> \\<host> cmd", @"<path> \\<host> -s gpupdate /force") { Weight = 0.2 },
        new("mmc.exe", @"""C:\Windows\system32\mmc.exe"" C:\Windows\system32\dsa.msc") { Weight = 0.4 },
    ];

    public static readonly Habit[] All =
    [
        new("admin-shell", "explorer", Rhythm.AtWork(2.5),
            new Scene("powershell.exe", "<path> ", "<path> -NoLogo") { As = "elevated", Stays = "admin-shell", Weight = 3 },
            new Scene("cmd.exe", @"""C:\Windows\system32\cmd.exe"" ") { As = "elevated", Stays = "admin-shell", Weight = 2 }),
        new("admin-typed", "admin-shell", Rhythm.AtWork(24), Typed),
        new("consoles", "explorer", Rhythm.AtWork(6),
            new Scene(
                "mmc.exe",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\dsa.msc"" ",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\gpmc.msc"" ",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\dnsmgmt.msc"" ",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\eventvwr.msc"" /s",
                @"""C:\Windows\system32\mmc.exe"" ""C:\Windows\system32\services.msc"" ") { As = "elevated", Weight = 5 },
            new Scene("mstsc.exe", "<path> /v:<host>", "<path> /v:<host> /admin") { Weight = 5 },
            new Scene("taskmgr.exe", "<path> /4") { As = "elevated", Weight = 1 },
            new Scene("putty.exe", "<path> -ssh admin@<address>") { Weight = 1 },
            new Scene("procexp.exe", "<path> ") { As = "elevated", Weight = 0.3 },
            new Scene("regedit.exe", @"""C:\Windows\regedit.exe"" ") { As = "elevated", Weight = 0.6 },
            new Scene("notepad++.exe", "<path> \"C:\\Scripts\\<adminscript>\"") { Weight = 1.5 }),
        new(
            "scripts",
            "schedule",
            Rhythm.WhileOn(6),
            new Scene(
                "powershell.exe",
                @"powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\Scripts\<adminscript>",
                @"powershell.exe -NonInteractive -File ""C:\Scripts\<adminscript>"" -Verbose") { As = "user" }),
        new(
            "commands",
            "admin-shell",
            Rhythm.AtWork(2),
            new Scene("powershell.exe", "powershell  -Command \"<cmdlet>\"", "\"<exe>\" -NoProfile -Command \"<cmdlet>\"")),
    ];
}
