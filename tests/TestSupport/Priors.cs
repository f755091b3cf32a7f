using System.Text.Json.Nodes;
using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.TestSupport;

/// <summary>Small priors made by the real builder.</summary>
public static class Priors
{
    private static readonly RecordedLaunch[] Ordinary =
    [
        .. Launches("lab-a", "services.exe", "svchost.exe", 40),
        .. Launches("lab-a", "explorer.exe", "notepad.exe", 5),
        .. Launches("lab-b", "services.exe", "svchost.exe", 30),
        .. Launches("lab-b", "cmd.exe", "conhost.exe", 20),
        .. Launches("lab-c", "services.exe", "svchost.exe", 30),
        .. Launches("lab-c", "svchost.exe", "taskhostw.exe", 20),
        .. Launches("lab-d", "services.exe", "svchost.exe", 400),
        .. Launches("lab-e", "services.exe", "svchost.exe", 600),
    ];

    /// <summary>A fleet that has settled: nothing new in 2,000 launches, so that what is new is the rarest of all.</summary>
    private static readonly CalibrationFleet Settled = new(
        Enumerable.Range(0, 3_000).Select(
            i =>
                new RecordedLaunch(
                    "fleet", Lineage.Of("services.exe", i % 40 == 0 ? "sppsvc.exe" : "svchost.exe"), ParentClass.SystemService)),
        Learning: 1_000);

    public static Prior Small { get; } = Of(Ordinary);

    /// <summary>
    /// The same counts with a calibration that takes anything unusual for one launch in two thousand, so that short histories detect
    /// something.
    /// </summary>
    public static Prior Keen { get; } = Calibrated(Ordinary, """[{"surprise":0.5,"share":0.5},{"surprise":1,"share":0.0005}]""");

    public static Prior Of(params RecordedLaunch[] launches)
    {
        using var file = new MemoryStream();
        new PriorBuilder(new EstimatorConstants()).Write(launches, [], [Settled], "2026.11.1", file);
        file.Position = 0;
        return PriorFile.Read(file);
    }

    private static Prior Calibrated(RecordedLaunch[] launches, string points)
    {
        using var file = new MemoryStream();
        new PriorBuilder(new EstimatorConstants()).Write(launches, [], [Settled], "2026.11.1", file);
        var json = JsonNode.Parse(file.ToArray())!;
        json["calibration"]!["points"] = JsonNode.Parse(points);
        using var changed = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        return PriorFile.Read(changed);
    }

    public static IEnumerable<RecordedLaunch> Launches(string recording, string parent, string child, int count) =>
        Enumerable.Repeat(new RecordedLaunch(recording, Lineage.Of(parent, child), ParentClassifier.Classify(parent, null)), count);
}
