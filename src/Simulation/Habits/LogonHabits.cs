using Changeling.Events;

namespace Changeling.Simulation.Habits;

/// <summary>What a logon starts: the shell and its helpers.</summary>
internal static class LogonHabits
{
    public static readonly Habit[] Desktop =
    [
        new("logon", "winlogon", Rhythm.AtLogon, new Scene("userinit.exe", @"C:\Windows\system32\userinit.exe")
        {
            As = "user",
            Then = [new("explorer.exe", @"C:\Windows\Explorer.EXE") { Stays = "explorer", As = "user" }],
        }),
        new("session-tasks", "schedule", Rhythm.AtLogon,
            new Scene("taskhostw.exe", "taskhostw.exe {222A245B-E637-4AE9-A93F-A59CA119A75E}") { As = "user" }),
        new("sihost", "usermanager", Rhythm.AtLogon, new Scene("sihost.exe", "sihost.exe") { As = "user" }),
        new("ctfmon", "dcom", Rhythm.AtLogon, new Scene("ctfmon.exe", "\"ctfmon.exe\"") { As = "user" }),
    ];

    public static readonly Habit[] Workstation =
    [
        new("start-menu", "dcom", Rhythm.AtLogon, new Scene(
            "startmenuexperiencehost.exe",
            "<path> -ServerName:App.AppXywbrabmsek0gm3tkwpr5kwzbs55tkqay.mca")
        {
            As = "user",
            Integrity = IntegrityLevel.Low,
        }),
        new("search", "dcom", Rhythm.AtLogon, new Scene(
            "searchhost.exe",
            "<path> -ServerName:CortanaUI.AppXstmwaab17q5s3y22tp6apqz7a45vwv65.mca")
        {
            As = "user",
            Integrity = IntegrityLevel.Low,
            Then = [WebView("SearchHost.exe")],
        }),
        new(
            "text-input",
            "dcom",
            Rhythm.AtLogon,
            new Scene("textinputhost.exe", "<path> -ServerName:InputApp.AppXk0k6mrh4r2q0ct33a9wgbez0x7v9cz5y.mca") { As = "user" }),
        new("autostart-security", "explorer", Rhythm.AtLogon, new Scene("securityhealthsystray.exe", "<path> ")),
        new("autostart-onedrive", "explorer", Rhythm.AtLogon, new Scene("onedrive.exe", "<path> /background")
        {
            Stays = "onedrive",
            After = 4,
            Then = [new("filecoauth.exe", "<exe> -Embedding") { Odds = 0.7 }],
        }),
        new("autostart-teams", "explorer", Rhythm.AtLogon, new Scene("teams.exe", "<path> ms-teams:system-initiated")
        {
            Stays = "teams",
            Then = [WebView("ms-teams.exe")],
        })
        {
            Share = 0.85,
        },
        new("autostart-edge", "explorer", Rhythm.AtLogon, new Scene("msedge.exe", "<path> --no-startup-window --win-session-start")
        {
            Stays = "edge",
            Then = [.. BrowserHabits.EdgeHelpers],
        }),
    ];

    /// <summary>The embedded browser of a Windows or Store program, with its helpers.</summary>
    private static Scene WebView(string owner) => new(
        "msedgewebview2.exe",
        $"<path> --embedded-browser-webview=1 --webview-exe-name={owner} --webview-exe-version=<num:1-25>.<num:0-9>.0 " +
            $"--user-data-dir=\"C:\\Users\\<user>\\AppData\\Local\\Packages\\{owner}\\EBWebView\" --noerrdialogs " +
            "--embedded-browser-webview-dpi-awareness=2 --mojo-named-platform-channel-pipe=<pipe>.<num:1000-99999>")
    {
        Integrity = IntegrityLevel.Medium,
        Then =
        [
            new(
                "msedgewebview2.exe",
                "<path> --type=crashpad-handler --user-data-dir=C:\\Users\\<user>\\AppData\\Local\\Packages\\" +
                    owner + "\\EBWebView /prefetch:4"),
            new(
                "msedgewebview2.exe",
                "<path> --type=gpu-process --noerrdialogs --webview-exe-name=" + owner +
                    " --gpu-preferences=UAAAAAAAAADgAAAEAAAA --field-trial-handle=<num:1000-9999>,i,<num:1000000000-9999999999>,262144 " +
                    "--mojo-platform-channel-handle=<num:1600-2200> /prefetch:2"),
            new(
                "msedgewebview2.exe",
                "<path> --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB --service-sandbox-type=none " +
                    "--webview-exe-name=" + owner + " --mojo-platform-channel-handle=<num:1600-2200> /prefetch:3"),
            new(
                "msedgewebview2.exe",
                "<path> --type=renderer --noerrdialogs --webview-exe-name=" + owner +
                    " --renderer-client-id=<num:4-9> --mojo-platform-channel-handle=<num:2200-4000> /prefetch:1")
            { Integrity = IntegrityLevel.Low, Times = 2 },
        ],
    };
}
