using Changeling.Events;

namespace Changeling.Simulation.Habits;

/// <summary>What Windows does by itself on every machine: brokers, scheduled maintenance, indexing, error reports.</summary>
internal static class BackgroundHabits
{
    public static readonly Habit[] All =
    [
        new(
            "surrogates",
            "dcom",
            Rhythm.WhileOn(20),
            new Scene("dllhost.exe", @"C:\Windows\system32\DllHost.exe /Processid:<clsid>") { As = "user" }),
        new("management-provider", "dcom", Rhythm.WhileOn(14),
            new Scene(
                "wmiprvse.exe",
                @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding") { As = "network", Weight = 3, Stays = "wmi" },
            new Scene("wmiprvse.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -Embedding") { As = "system", Weight = 1 }),
        new("task-hosts", "schedule", Rhythm.WhileOn(16),
            new Scene(
                "taskhostw.exe",
                "taskhostw.exe",
                "taskhostw.exe Install $(Arg0)",
                "taskhostw.exe SYSTEM",
                "taskhostw.exe -RegisterDevice -SettingChange",
                "taskhostw.exe NGCKeyPregen") { As = "system" }),
        new("maintenance", "schedule", Rhythm.WhileOn(9),
            new Scene(
                "sc.exe",
                @"C:\Windows\system32\sc.exe start wuauserv",
                @"C:\Windows\system32\sc.exe start pushtoinstall registration",
                @"C:\Windows\system32\sc.exe start InventorySvc") { As = "system", Weight = 3 },
            new Scene(
                "usoclient.exe",
                @"C:\Windows\system32\usoclient.exe StartScan",
                @"C:\Windows\system32\usoclient.exe ReportPolicies") { As = "system", Weight = 2 },
            new Scene(
                "rundll32.exe",
                @"C:\Windows\system32\rundll32.exe C:\Windows\system32\PcaSvc.dll,PcaPatchSdbTask",
                @"C:\Windows\system32\rundll32.exe /d acproxy.dll,PerformAutochkOperations",
                @"C:\Windows\system32\rundll32.exe Startupscan.dll,SusRunTask",
                @"C:\Windows\system32\rundll32.exe C:\Windows\system32\invagent.dll,RunUpdate") { As = "system", Weight = 2 },
            new Scene(
                "devicecensus.exe",
                @"C:\Windows\system32\devicecensus.exe UserCxt",
                @"C:\Windows\system32\devicecensus.exe SystemCxt") { As = "system", Weight = 1 },
            new Scene("disksnapshot.exe", @"C:\Windows\system32\disksnapshot.exe -z") { As = "system", Weight = 0.4 },
            new Scene("dstokenclean.exe", @"C:\Windows\system32\dstokenclean.exe") { As = "system", Weight = 0.3 },
            new Scene("lpremove.exe", @"C:\Windows\system32\lpremove.exe") { As = "system", Weight = 0.3 },
            new Scene("bcdboot.exe", @"C:\Windows\system32\bcdboot.exe C:\Windows /sysrepair") { As = "system", Weight = 0.1 },
            new Scene("wermgr.exe", @"C:\Windows\system32\wermgr.exe -upload") { As = "system", Weight = 1.5 }),
        new("appraiser", "schedule", Rhythm.WhileOn(0.8), new Scene("compattelrunner.exe", @"C:\Windows\system32\compattelrunner.exe")
        {
            As = "system",
            Then =
            [
                new(
                    "compattelrunner.exe",
                    @"C:\Windows\system32\compattelrunner.exe -m:appraiser.dll -f:DoScheduledTelemetryRun -cv:<hex:16>.1",
                    @"C:\Windows\system32\compattelrunner.exe -m:aeinv.dll -f:UpdateSoftwareInventoryW invsvc") { Times = 3, After = 20 },
                new(
                    "powershell.exe",
                    @"powershell.exe -ExecutionPolicy Restricted -Command Write-Host 'Final result: 1';") { Odds = 0.3, After = 4 },
            ],
        }),
        new(
            "defrag",
            "schedule",
            Rhythm.AtNight(0.3),
            new Scene("defrag.exe", @"C:\Windows\system32\defrag.exe -c -h -k -g -$") { As = "system" }),
        new(
            "clean-up",
            "schedule",
            Rhythm.AtNight(0.2),
            new Scene(
                "cleanmgr.exe",
                @"C:\Windows\system32\cleanmgr.exe /autoclean /d C:")
            { As = "system", Then = [new("dismhost.exe", "<exe> {<guid>}") { After = 6 }] }),
        new(
            "error-reports",
            "wersvc",
            Rhythm.WhileOn(0.9),
            new Scene(
                "werfault.exe",
                @"C:\Windows\system32\WerFault.exe -pss -s <num:400-900> -p <num:1000-20000> -ip <num:1000-20000>",
                @"C:\Windows\system32\WerFault.exe -u -p <num:1000-20000> -s <num:200-2000>")
            {
                As = "system",
                Then =
                [
                    new(
                        "wermgr.exe",
                        "\"C:\\Windows\\system32\\wermgr.exe\" \"-outproc\" \"0\" \"<num:1000-9000>\" \"<num:1000-3000>\" " +
                            "\"<num:1000-3000>\" \"0\" \"0\"") { Odds = 0.4 },
                ],
            }),
        new(
            "group-policy",
            "gpsvc",
            Rhythm.WhileOn(1),
            new Scene("gpscript.exe", "gpscript.exe /RefreshSystemParam", "gpscript.exe /Startup")
            {
                As = "system",
                Then =
                [
                    new(
                        "cmd.exe",
                        @"C:\Windows\system32\cmd.exe /c " +
                            @"""\\corp.example\SysVol\corp.example\Policies\{<guid>}\Machine\Scripts\Startup\mapdrives.cmd""")
                    {
                        Odds = 0.5,
                        Then =
                        [
                            new("net.exe", @"net  use P: \\<fileserver>\Projects /persistent:no") { Odds = 0.8 },
                            new("reg.exe", @"reg  query ""HKLM\SOFTWARE\Corp"" /v Inventory") { Odds = 0.6 },
                        ],
                    },
                ],
            }),
        new(
            "defender-tasks",
            "schedule",
            Rhythm.WhileOn(2.4),
            new Scene(
                "mpcmdrun.exe",
                "<path> Scan -ScheduleJob -ScanTrigger 55 -IdleScheduledJob",
                "<path> -IdleTask -TaskName WdCacheMaintenance",
                "<path> -IdleTask -TaskName WdCleanup",
                "<path> -IdleTask -TaskName WdVerification") { As = "system" }),
        new(
            "defender-service",
            "defender",
            Rhythm.WhileOn(2),
            new Scene(
                "mpcmdrun.exe",
                "<path> SpyNetServiceDss -RestrictPrivileges -AccessKey <guid> -Reinvoke",
                "<path> GetDeviceTicket -AccessKey <guid>") { As = "network" }),
        new(
            "sense",
            "sense",
            Rhythm.WhileOn(4),
            new Scene("sensecncproxy.exe", "<path>") { As = "system", Weight = 3 },
            new Scene(
                "powershell.exe",
                "powershell.exe -ExecutionPolicy AllSigned -NoProfile -NonInteractive -Command \"& {" +
                    "$OutputEncoding = [Console]::OutputEncoding =[System.Text.Encoding]::UTF8;$scriptFileStream = " +
                    "[System.IO.File]::Open('C:\\ProgramData\\Microsoft\\Windows Defender Advanced Threat Protection\\DataCollection\\" +
                    "<num:8000-8999>.<num:1000000-9999999>.0.<num:1000000-9999999>-<hex:40>\\<guid>.ps1', " +
                    "[System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::Read)}\"")
            { As = "system", Weight = 1 }),
    ];

    /// <summary>Only with a person before it.</summary>
    public static readonly Habit[] Desktop =
    [
        new(
            "brokers",
            "dcom",
            Rhythm.AtWork(14),
            new Scene("runtimebroker.exe", @"C:\Windows\System32\RuntimeBroker.exe -Embedding") { As = "user" }),
        new(
            "background-tasks",
            "dcom",
            Rhythm.AtWork(11),
            new Scene(
                "backgroundtaskhost.exe",
                @"""C:\Windows\system32\backgroundTaskHost.exe"" -ServerName:<appid>") { As = "user", Integrity = IntegrityLevel.Low }),
        new(
            "frames",
            "dcom",
            Rhythm.AtWork(1.5),
            new Scene("applicationframehost.exe", @"C:\Windows\system32\ApplicationFrameHost.exe -Embedding") { As = "user" }),
        new("indexing", "indexer", Rhythm.AtWork(9),
            new Scene(
                "searchprotocolhost.exe",
                @"""C:\Windows\system32\SearchProtocolHost.exe"" Global\UsGthrFltPipeMssGthrPipe<num:1-99>_ " +
                    @"Global\UsGthrCtrlFltPipeMssGthrPipe<num:1-99> 1 -2147483646 ""Software\Microsoft\Windows Search"" ""Mozilla/4.0 " +
                    @"(compatible; MSIE 6.0; Windows NT; MS Search 4.0 Robot)"" " +
                    @"""C:\ProgramData\Microsoft\Search\Data\Temp\usgthrsvc"" ""DownLevelDaemon""") { Weight = 1 },
            new Scene(
                "searchfilterhost.exe",
                @"""C:\Windows\system32\SearchFilterHost.exe"" <num:700-900> <num:700-2800> <num:700-2800> 812 " +
                    @"{0E5DCEC5-7795-4E38-9621-94DFD9F9A421}")
            { Weight = 1 }),
        new(
            "smart-screen",
            "dcom",
            Rhythm.AtWork(3),
            new Scene("smartscreen.exe", @"C:\Windows\System32\smartscreen.exe -Embedding") { As = "user" }),
        new(
            "lock",
            "winlogon",
            Rhythm.AtWork(3),
            new Scene("logonui.exe", "\"LogonUI.exe\" /flags:0x0 /state0:0xa3<hex:2>5055 /state1:0x41c64e6d") { As = "system" }),
        new("audio", "dcom", Rhythm.AtWork(2), new Scene("audiodg.exe", @"C:\Windows\system32\AUDIODG.EXE 0x<hex:3>") { As = "local" }),
        new("file-coauthoring", "dcom", Rhythm.AtWork(3), new Scene("filecoauth.exe", "<exe> -Embedding") { As = "user" }),
        new(
            "widgets",
            "dcom",
            Rhythm.AtWork(0.7),
            new Scene("widgetservice.exe", "<path> -RegisterProcessAsComServer -Embedding") { As = "user" }),
    ];
}
