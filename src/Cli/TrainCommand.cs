using System.CommandLine;
using Changeling.Evaluation.Priors;
using Changeling.Scoring;
using Changeling.Training;
using Spectre.Console;

namespace Changeling.Cli;

/// <summary><c>changeling train</c>: a model package, its report, and the prior of the baseline.</summary>
internal static class TrainCommand
{
    private const int NoFold = -1;

    public static Command Create(CliConsole console)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with labelled rows (docs/labelled-events.md), for example from 'changeling label'.",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Output file for the package; prior.json is written beside it.",
            Required = true,
            HelpName = "PACKAGE",
        }.AsPath(console);
        var version = VersionOption.Create("package and prior");
        var report = new Option<string?>("--report")
        {
            Description = "Output file for the report (.md and .json); it quotes rows of the data. Beside the package if left out.",
            HelpName = "PATH",
        }.AsOptionalPath(console);
        var seed = NumberOption.Create("--seed", "Seed of all random draws.", 7);
        var search = new Option<bool>("--search")
        {
            Description = "Compare a few settings by cross-validation and use the best. Default: the settings that were best before.",
        };
        var holdOut = NumberOption.Create(
            "--hold-out",
            $"A fold of recordings, 0 to {CorpusFolds.Count - 1}, to leave out of training, so that the package can be measured on it. Do not deploy such a package. -1: none.",
            NoFold);
        var onlyData = OnlyData();
        var command = new Command(
            "train",
            "Train a model on labelled process events, measure it by recording, and write the baseline's prior.")
            {
                data,
                output,
                version,
                report,
                seed,
                search,
                onlyData,
                holdOut,
            };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console,
            new TrainingOptions
            {
                DataFolder = parsed.GetRequiredValue(data),
                Output = parsed.GetRequiredValue(output),
                Version = parsed.GetRequiredValue(version),
                Report = parsed.GetValue(report),
                Seed = parsed.GetValue(seed),
                Candidates = parsed.GetValue(search) ? ModelSettings.Search : [ModelSettings.Default],
                OwnRows = !parsed.GetValue(onlyData),
                HoldOut = Fold(parsed.GetValue(holdOut)),
                FullEvaluation = parsed.GetValue(holdOut) == NoFold,
            },
            cancellation)));
        return command;
    }

    private static int? Fold(int number) => number switch
    {
        NoFold => null,
        >= 0 and < CorpusFolds.Count => number,
        _ => throw new CliException($"there is no fold {number}; pass 0 to {CorpusFolds.Count - 1} to --hold-out, or leave it out."),
    };

    /// <summary>The option that leaves out what ships with the program.</summary>
    internal static Option<bool> OnlyData() => new("--only-data")
    {
        Description = "Use the rows of --data alone, without the made rows that ship with the program.",
    };

    private static async Task<int> RunAsync(CliConsole console, TrainingOptions options, CancellationToken cancellationToken)
    {
        var prior = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Output))!, "prior.json");
        OutputFiles.RequireWritable(options.Output);
        OutputFiles.RequireWritable(prior);

        var report = await console.Progress.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("training", maxValue: 1);
                var progress = new Synchronous<TrainingProgress>(p => (bar.Description, bar.Value) = (Markup.Escape(p.Step), p.Done));
                return Task.Run(() => ModelTraining.Run(options, progress, cancellationToken), cancellationToken);
            });

        var launches = PriorMaking.RecordedLaunches(options.DataFolder);
        await using (var file = OutputFiles.Create(prior))
        {
            await PriorMaking.WriteAsync(launches, options.Version, file, cancellationToken);
            file.Keep();
        }

        Show(console, report, options, prior, launches.Count);
        return Verb.Success;
    }

    private static void Show(CliConsole console, TrainingReport report, TrainingOptions options, string prior, int launches)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("held-out recordings, grouped by dataset", "value");
        table.AddRow("ROC-AUC, unique tuples", $"{report.RecordedTuples.RocAuc:0.000}");
        table.AddRow("ROC-AUC, events", $"{report.RecordedEvents.RocAuc:0.000}");
        table.AddRow("average precision, unique tuples", $"{report.RecordedTuples.AveragePrecision:0.000}");
        if (report.MissingPattern is { } missing)
            table.AddRow(
                "AUC of the missing pattern, on the features",
                $"{missing.NeutralisedAuc:0.000} neutral, {missing.BorrowedContentAuc:0.000} with borrowed content");
        table.AddRow(
            "recall at 1 % and 5 % false positives", $"{report.RecordedTuples.RecallAt1:0.000}, {report.RecordedTuples.RecallAt5:0.000}");
        table.AddRow("the same against all ordinary tuples", $"{report.AllOrdinary.RecallAt1:0.000}, {report.AllOrdinary.RecallAt5:0.000}");
        table.AddRow("model threshold", $"{report.Threshold:0.000}");
        table.AddRow("package", $"{options.Output}, {report.PackageBytes / 1024:N0} KB");
        table.AddRow("prior", $"{prior}, {launches:N0} recorded launches");
        console.Out.Write(table);
    }
}
