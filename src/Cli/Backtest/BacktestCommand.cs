using System.CommandLine;
using Changeling.Cli.Backtest.Checkpoints;
using Changeling.Features;
using Changeling.Rarity;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary><c>changeling backtest FILE|DIR…</c>: what a history would have given, and what other thresholds would have.</summary>
internal static class BacktestCommand
{
    private const int UsualLearningHours = 24;
    private const int UsualPartitions = 4;
    private const int MostPartitions = 32;
    private const int UsualLaunches = 250_000;
    private const int MostBudgetDays = 365;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description = "Recorded telemetry in order of time, in any format that is read, also gzipped; of a folder all files in order of name.",
            Arity = ArgumentArity.OneOrMore,
        };
        var truth = new Option<string?>("--truth") { Description = "The truth, as simulate --truth writes it: adds recall and time to detect to the report.", HelpName = "FILE" };
        var budget = new Option<string?>("--budget") { Description = "Maximum number of alerts, 20/day or 0.01/host/day: chooses thresholds within this budget.", HelpName = "N/day" };
        var budgetDays = BudgetDays();
        var model = new Option<string?>("--model") { Description = "A model package; the shipped one if left out.", HelpName = "PACKAGE" };
        var prior = new Option<string?>("--prior") { Description = "A prior file; the shipped one if left out.", HelpName = "prior.json" };
        var emitAfter = NumberOption.Create("--emit-after", "Hours that partitions learn before detections are alerts (the app's Detections:EmitAfter).", UsualLearningHours);
        var partitions = NumberOption.Create("--partitions", "Event partitions that hosts are spread over.", UsualPartitions);
        var json = new Option<string?>("--json") { Description = "Output file for the report; 'backtest compare' compares two.", HelpName = "report.json" };
        var output = new Option<string?>("--output", "-o") { Description = "Output file for the detections, one per line, including those of the learning period.", HelpName = "detections.jsonl" };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "File for the state of the run, also at Ctrl-C: the same command continues from there to the same report. Deleted at the end.", HelpName = "FILE" };
        var every = NumberOption.Create("--checkpoint-every", "Process starts from one checkpoint to the next.", UsualLaunches);
        var command = new Command("backtest", "Send a history through the pipeline, in its own time: detections by day, what other thresholds would give, recall where the truth is known.")
        {
            files, truth, budget, budgetDays, model, prior, emitAfter, partitions, json, output, checkpoint, every, CompareCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => RunAsync(
            new BacktestOptions
            {
                Files = HistoryFiles.Of(parsed.GetRequiredValue(files), [parsed.GetValue(truth), parsed.GetValue(json), parsed.GetValue(output), .. CheckpointFile.Names(parsed.GetValue(checkpoint))]),
                Truth = parsed.GetValue(truth),
                Budget = BudgetOf(parsed.GetValue(budget), parsed.GetValue(budgetDays)),
                Model = parsed.GetValue(model),
                Prior = parsed.GetValue(prior),
                EmitAfter = TimeSpan.FromHours(Between("--emit-after", parsed.GetValue(emitAfter), 0, 30 * 24)),
                Partitions = Between("--partitions", parsed.GetValue(partitions), 1, MostPartitions),
                Checkpoint = parsed.GetValue(checkpoint),
                CheckpointEvery = Between("--checkpoint-every", parsed.GetValue(every), 1, int.MaxValue),
                Json = parsed.GetValue(json),
                Output = parsed.GetValue(output),
            },
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(BacktestOptions options, CancellationToken cancellationToken)
    {
        var (model, prior) = (InstalledFiles.Model(options.Model), InstalledFiles.Prior(options.Prior));
        var truth = options.Truth is null ? null : await Truth.ReadAsync(options.Truth, cancellationToken);
        string[] inputs = [.. options.Files, options.Truth ?? "", options.Model ?? "", options.Prior ?? ""];
        var checkpoint = CheckpointOf(options, model.Identity, prior, inputs);
        using var earlier = checkpoint?.OpenEarlier();
        await using var output = OutputOf(options, earlier, inputs);
        await using var json = options.Json is null ? null : OutputFiles.Create(options.Json, [.. inputs, options.Output ?? "", .. CheckpointFile.Names(options.Checkpoint)]);

        var run = new BacktestRun(options, model, prior, truth, output) { Checkpoint = checkpoint };
        if (earlier is not null) await run.TakeOverAsync(earlier, cancellationToken);
        earlier?.Dispose();
        var report = await WithProgressAsync(run, options, cancellationToken);
        if (report.History.Launches == 0) throw new CliException($"no process creation was read in {string.Join(", ", options.Files)}; 'changeling score' says why, line by line.");
        if (json is not null) report.WriteTo(json);
        ReportText.Show(report);
        checkpoint?.Remove();
        return Verb.Success;
    }

    private static CheckpointFile? CheckpointOf(BacktestOptions options, ModelIdentity model, Prior prior, IReadOnlyList<string> inputs)
    {
        if (options.Checkpoint is not { } file) return null;
        CheckpointFile.Require(file, [.. inputs, options.Output ?? "", options.Json ?? ""]);
        return new CheckpointFile(file, RunInputs.Of(options, model, prior), options.CheckpointEvery);
    }

    private static FileStream? OutputOf(BacktestOptions options, EarlierRun? earlier, IReadOnlyList<string> inputs)
    {
        if (options.Output is not { } file) return null;
        if (earlier is null) return OutputFiles.Create(file, inputs);
        return OutputFiles.GoOn(file, earlier.State.OutputLength) ?? throw new CliException(
            $"{file} holds less than the {earlier.State.OutputLength:N0} bytes that it had at the checkpoint; bring it back, or delete {options.Checkpoint} to begin anew.");
    }

    /// <summary>Runs a backtest and shows how far it is.</summary>
    public static Task<BacktestReport> WithProgressAsync(BacktestRun run, BacktestOptions options, CancellationToken cancellationToken) =>
        Terminal.Out.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("history → detections", maxValue: Math.Max(1, options.Files.Sum(file => new FileInfo(file).Length)));
                return run.RunAsync(bytes => bar.Increment(bytes), cancellationToken);
            });

    private static Option<int> BudgetDays() => NumberOption.Create(
        "--budget-days", "Choose the thresholds of the budget on this many days after the learning time, and say what the days after them gave; 0 is all days.", 0);

    private static Budget? BudgetOf(string? text, int days)
    {
        var chosenOn = Between("--budget-days", days, 0, MostBudgetDays);
        if (text is null) return chosenOn == 0 ? null : throw new CliException("--budget-days says on which days a budget is chosen; pass the budget too, for instance --budget 20/day.");
        var budget = Budget.Parse(text) ?? throw new CliException($"'{text}' is not a budget; pass alerts a day, for instance 20/day or 0.01/host/day, to --budget.");
        return budget with { ChosenOnDays = chosenOn == 0 ? null : chosenOn };
    }

    private static int Between(string option, int value, int least, int most) => value >= least && value <= most ? value
        : throw new CliException($"{option} must be between {least} and {most:N0}, not {value:N0}.");
}
