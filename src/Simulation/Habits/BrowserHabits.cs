using Changeling.Events;

namespace Changeling.Simulation.Habits;

/// <summary>Edge and Chrome: one program that starts itself many times.</summary>
internal static class BrowserHabits
{
    private const string Trial =
        "--field-trial-handle=<num:1000-9999>,i,<num:1000000000000-9999999999999>,262144 --variations-seed-version";

    /// <summary>What the first window of Edge starts.</summary>
    public static IEnumerable<Scene> EdgeHelpers =>
    [
        new(
            "msedge.exe",
            "<path> --type=crashpad-handler \"--user-data-dir=C:\\Users\\<user>\\AppData\\Local\\Microsoft\\Edge\\User Data\" " +
                "/prefetch:4 --monitor-self-annotation=ptype=crashpad-handler"),
        new(
            "msedge.exe",
            "<path> --type=gpu-process --gpu-preferences=WAAAAAAAAADgAAAEAAAAAAAAAAAAAAAAAABgAAEAAAA4AAAAAAAAAAA " +
                $"--start-stack-profiler {Trial} " +
                "--mojo-platform-channel-handle=<num:1900-2400> /prefetch:2") { Integrity = IntegrityLevel.Low },
        new(
            "msedge.exe",
            "<path> --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB --service-sandbox-type=none " +
                $"{Trial} --mojo-platform-channel-handle=<num:2000-2600> /prefetch:3"),
        new(
            "msedge.exe",
            "<path> --type=utility --utility-sub-type=storage.mojom.StorageService --lang=en-GB --service-sandbox-type=service " +
                $"{Trial} --mojo-platform-channel-handle=<num:2000-2900> /prefetch:8") { Integrity = IntegrityLevel.Untrusted },
        new(
            "identity-helper",
            "<path> --type=utility --utility-sub-type=winrt_app_id.mojom.WinrtAppIdService --lang=en-GB " +
                $"--service-sandbox-type=none {Trial} --mojo-platform-channel-handle=<num:4000-6000> /prefetch:8") { Odds = 0.6 },
    ];

    public static readonly Habit[] All =
    [
        new("chrome", "explorer", Rhythm.AtLogon, new Scene("chrome.exe", "<path> ", "<path> --profile-directory=\"Default\"")
        {
            Stays = "chrome",
            After = 90,
            Then =
            [
                new(
                    "chrome.exe",
                    "<path> --type=crashpad-handler \"--user-data-dir=C:\\Users\\<user>\\AppData\\Local\\Google\\Chrome\\User " +
                        "Data\" /prefetch:4 --monitor-self-annotation=ptype=crashpad-handler"),
                new(
                    "chrome.exe",
                    $"<path> --type=gpu-process --gpu-preferences=WAAAAAAAAADgAAAEAAAAAAAAAAAA {Trial} " +
                        "--mojo-platform-channel-handle=<num:1900-2400> /prefetch:2") { Integrity = IntegrityLevel.Low },
                new(
                    "chrome.exe",
                    "<path> --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB " +
                        $"--service-sandbox-type=none {Trial} --mojo-platform-channel-handle=<num:2000-2600> /prefetch:3"),
            ],
        })
        {
            Share = 0.45,
        },
        new("edge-tabs", "edge", Rhythm.AtWork(48), Renderer("msedge.exe", 6), Utility("msedge.exe", 1)),
        new("chrome-tabs", "chrome", Rhythm.AtWork(40), Renderer("chrome.exe", 6), Utility("chrome.exe", 1)),
        new(
            "edge-window",
            "explorer",
            Rhythm.AtWork(2),
            new Scene("msedge.exe", "<path> --profile-directory=Default", "<path> --single-argument https://<site>", "<path> ")),
        new("firefox", "explorer", Rhythm.AtWork(1.2), new Scene("firefox.exe", "<path> ", "<path> -osint -url https://<site>")
        {
            Then =
            [
                new(
                    "firefox.exe",
                    "<path> -contentproc -parentBuildID 20251021102906 -prefsHandle <num:1000-4000>:<num:30000-50000> " +
                        "-prefMapHandle <num:1000-4000>:<num:200000-280000> -ipcHandle <num:1000-4000> -win32kLockedDown -appDir " +
                        "\"C:\\Program Files\\Mozilla Firefox\\browser\" <num:2-20> tab") { Times = 7, Integrity = IntegrityLevel.Low },
            ],
        })
        {
            Share = 0.15,
        },
    ];

    private static Scene Renderer(string program, double weight) => new(
        program,
        "<path> --type=renderer --video-capture-use-gpu-memory-buffer --lang=en-GB --js-flags=--ms-user-locale= " +
            "--device-scale-factor=1.25 --num-raster-threads=4 --enable-main-frame-before-activation --renderer-client-id=<num:5-400> " +
            "--time-ticks-at-unix-epoch=-<num:1762000000000000-1793999999999999> --launch-time-ticks=<num:10000000-9999999999> " +
            $"{Trial} --mojo-platform-channel-handle=<num:2200-9800> /prefetch:1",
        "<path> --type=renderer --extension-process --lang=en-GB --device-scale-factor=1 --num-raster-threads=4 " +
            $"--enable-main-frame-before-activation --renderer-client-id=<num:5-60> {Trial} " +
            "--mojo-platform-channel-handle=<num:2200-9800> /prefetch:2")
    {
        Weight = weight,
        Times = 1,
        Integrity = IntegrityLevel.Low,
    };

    private static Scene Utility(string program, double weight) => new(
        program,
        $"<path> --type=utility --utility-sub-type=chrome.mojom.ProcessorMetrics --lang=en-GB --service-sandbox-type=none {Trial} " +
            "--mojo-platform-channel-handle=<num:3000-9000> /prefetch:8",
        "<path> --type=utility --utility-sub-type=data_decoder.mojom.DataDecoderService --lang=en-GB " +
            $"--service-sandbox-type=service {Trial} --mojo-platform-channel-handle=<num:3000-9000> /prefetch:8",
        $"<path> --type=utility --utility-sub-type=chrome.mojom.UtilWin --lang=en-GB --service-sandbox-type=none {Trial} " +
            "--mojo-platform-channel-handle=<num:3000-9000> /prefetch:8")
    {
        Weight = weight,
    };
}
