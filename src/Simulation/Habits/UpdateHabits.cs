namespace Changeling.Simulation.Habits;

/// <summary>Programs that update themselves, often under names that occur only once.</summary>
internal static class UpdateHabits
{
    public static readonly Habit[] All =
    [
        new("edge-update", "schedule", Rhythm.Every(300), new Scene(
            "microsoftedgeupdate.exe",
            "<path> /ua /installsource scheduler",
            "<path> /c")
        {
            As = "system",
            Then =
            [
                new("edge-installer", "<path> --msedge --verbose-logging --do-not-launch-msedge --system-level --channel=stable")
                {
                    Odds = 0.07,
                    After = 60,
                    Then =
                    [
                        new(
                            "edge-setup",
                            "<path> --install-archive=\"C:\\Program Files " +
                                "(x86)\\Microsoft\\EdgeUpdate\\Install\\{<=guid>}\\MSEDGE.PACKED.7Z\" --msedge --verbose-logging " +
                                "--do-not-launch-msedge --system-level --channel=stable")
                        {
                            Then =
                            [
                                new(
                                    "edge-setup",
                                    "<path> --type=crashpad-handler /prefetch:4 --monitor-self-annotation=ptype=crashpad-handler " +
                                        "--database=C:\\Windows\\SystemTemp\\MsEdgeCrashpad"),
                            ],
                        },
                    ],
                },
            ],
        }),
        new("google-update", "schedule", Rhythm.Every(360), new Scene("googleupdater", "<path> --wake --system")
        {
            As = "system",
            Then =
            [
                new(
                    "googleupdater",
                    "<path> --crash-handler --system \"--database=C:\\Program Files " +
                        "(x86)\\Google\\GoogleUpdater\\<google>\\Crashpad\" --url=https://crash.example/report --annotation=prod=Update4"),
            ],
        })
        {
            Share = 0.5,
        },
        new("defender-signatures", "wuauserv", Rhythm.WhileOn(2.2), new Scene(
            "am-delta",
            "<path> WD /stub 1.1.18500.10 /payload 1.441.<num:10-999>.0 /MpWUStub <guid>")
        {
            As = "system",
            Then =
            [
                new(
                    "mpsigstub.exe",
                    "<exe> /stub 1.1.24010.2001 /payload 1.441.<num:10-999>.0 /program " +
                        "C:\\Windows\\SoftwareDistribution\\Download\\Install\\AM_Delta_Patch_1.441.<num:10-999>.0.exe WD /stub " +
                        "1.1.18500.10"),
            ],
        }),
        new(
            "defender-engine",
            "wuauserv",
            Rhythm.WhileOn(0.1),
            new Scene("am-base", "<path> WD /stub 1.1.18500.10")
            {
                As = "system",
                Then = [new("mpsigstub.exe", "<exe> /stub 1.1.24010.2001 /payload 1.1.25090.<num:1-9999>")],
            }),
        new("office-update", "clicktorun", Rhythm.WhileOn(0.9),
            new Scene("officec2rclient.exe", "<path> /update SCHEDULEDTASK displaylevel=False") { As = "system", Weight = 3 },
            new Scene("odt", "<path> /quiet /extract:C:\\Windows\\Temp\\odt") { As = "system", Weight = 0.4 }),
        new(
            "office-tasks",
            "schedule",
            Rhythm.WhileOn(2),
            new Scene("sdxhelper.exe", "<path> -cleanup", "<path> /onlogon") { As = "user", Weight = 1 },
            new Scene("officec2rclient.exe", "<path> /frequentupdate SCHEDULEDTASK displaylevel=False") { As = "system", Weight = 1 }),
        new(
            "onedrive-update",
            "schedule",
            Rhythm.WhileOn(1.2),
            new Scene("onedriveupdater.exe", "<exe>", "<exe> /reporting") { As = "user" }),
        new(
            "teams-update",
            "explorer",
            Rhythm.AtWork(0.7),
            new Scene(
                "teams-update",
                "<path> --processStart \"Teams.exe\"",
                "<path> --checkForUpdate https://static.example/production-windows-x64")
            {
                Then = [new(
                    "teams-squirrel",
                    "<path> --updateSelf=C:\\Users\\<user>\\AppData\\Local\\Microsoft\\Teams\\Update.exe") { Odds = 0.3 }],
            }) { Share = 0.4 },
        new(
            "reader-update",
            "schedule",
            Rhythm.WhileOn(0.6),
            new Scene("adobearm.exe", "<path>", "<path> /PRODUCT:Acrobat /VERSION:25.0 /MODE:3") { As = "user" }) { Share = 0.6 },
        new("windows-update", "usosvc", Rhythm.WhileOn(1), new Scene("mousocoreworker.exe", "<exe>") { As = "system" }),
        new("servicing", "services", Rhythm.WhileOn(0.8), new Scene("trustedinstaller.exe", "<exe>") { As = "system" }),
        new("servicing-worker", "dcom", Rhythm.WhileOn(0.8), new Scene("tiworker.exe", "<exe> -Embedding") { As = "system" }),
    ];
}
