using System.CommandLine;
using System.Text;
using Changeling.Backtest;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Thresholds;
using Changeling.Cli.RuleFiles;
using Changeling.Cli.Sources;

namespace Changeling.Cli.Backtest;

/// <summary><c>changeling backtest FILE|DIR…</c>: the detections of recorded telemetry, and the effect of other thresholds.</summary>
internal static class BacktestCommand
{
    private const int UsualLearningHours = 24;
    private const int UsualPartitions = 4;
    private const int MaxPartitions = 32;
    private const int UsualLaunches = 250_000;
    private const int MaxBudgetDays = 365;
    private const int MaxDays = 3_650;

    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description =
                $"{TelemetryFiles.Description} In any order: records are sorted by event time, those of Event Hubs Capture by their enqueued times.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var truth = new Option<string?>("--truth")
        {
            Description = "Ground truth that 'simulate --truth' wrote: adds recall and time to detect to the report.",
            HelpName = "FILE",
        }.AsOptionalPath(console);
        var budget = new Option<string?>("--budget")
        {
            Description =
                "Maximum number of alerts, 20/day or 0.01/host/day: chooses the threshold of incidents, or the thresholds of findings.",
            HelpName = "N/day",
        };
        var budgetDays = BudgetDays();
        var model = ShippedOptions.Model(console);
        var prior = ShippedOptions.Prior(console);
        var emitAfter = NumberOption.Create(
            "--emit-after",
            "Hours that a partition learns before its detections are alerts (Detections:EmitAfter of the app).",
            UsualLearningHours);
        var days = NumberOption.Create(
            "--days", "Use only the last N days of the history, by event time. The learning period is part of them. 0: all days.", 0);
        var partitions = NumberOption.Create("--partitions", "Event partitions that the hosts are distributed over.", UsualPartitions);
        var json = new Option<string?>("--json")
        {
            Description = "Output file for the report, for programs; 'backtest compare' compares two. It quotes command lines.",
            HelpName = "report.json",
        }.AsOptionalPath(console);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Output file for findings and messages about incidents, one per line, including those of the learning period.",
            HelpName = "detections.jsonl",
        }.AsOptionalPath(console);
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description =
                "File for the state of the run, written regularly and at Ctrl-C. The same command continues from it. Deleted at the end.",
            HelpName = "FILE",
        }.AsOptionalPath(console);
        var writeRules = new Option<string?>("--write-rules")
        {
            Description = "Output file for the rule or the thresholds that keep within the budget: try it with --rules, then publish it.",
            HelpName = "rules.json",
        }.AsOptionalPath(console);
        var (alerts, rules, reports) = (new AlertOptions(), new RuleOptions(console), new ReportOptions(console));
        var every = NumberOption.Create("--checkpoint-every", "Number of process starts between two checkpoints.", UsualLaunches);
        var command = new Command(
            "backtest",
            "Run recorded telemetry through the pipeline: alerts by day, the effect of other thresholds, recall if the ground truth is known.")
        {
            files, truth, days, budget, budgetDays, model, prior, emitAfter, partitions, json, writeRules, output, checkpoint,
            every,
            CompareCommand.Create(console), ShowCommand.Create(console),
        };
        alerts.AddTo(command);
        rules.AddTo(command);
        reports.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var own = rules.Files(parsed);
            var options = alerts.Apply(parsed, new BacktestOptions
            {
                Files = await TelemetryFiles.OfAsync(
                    parsed.GetRequiredValue(files),
                    [
                        parsed.GetValue(truth), parsed.GetValue(json), parsed.GetValue(output), parsed.GetValue(writeRules),
                        .. own.Rules, .. own.Exceptions, .. reports.Read(parsed).Names,
                        .. CheckpointFile.Names(parsed.GetValue(checkpoint)),
                    ],
                    console,
                    cancellation),
                Truth = parsed.GetValue(truth),
                Days = Between("--days", parsed.GetValue(days), 0, MaxDays) is > 0 and var last ? last : null,
                Prior = parsed.GetValue(prior),
                Rules = own.Rules,
                Exceptions = own.Exceptions,
                Output = parsed.GetValue(output),
                Budget = BudgetOf(parsed.GetValue(budget), parsed.GetValue(budgetDays)),
                EmitAfter = TimeSpan.FromHours(Between("--emit-after", parsed.GetValue(emitAfter), 0, 30 * 24)),
                Partitions = Between("--partitions", parsed.GetValue(partitions), 1, MaxPartitions),
            });
            var snapshot = RuleOptions.Snapshot(parsed.GetValue(model), options.Prior, own.Rules, own.Exceptions);
            return await RunAsync(
                console,
                new BacktestArguments(
                    options,
                    snapshot with { Rules = alerts.Apply(parsed, snapshot.Rules) },
                    parsed.GetValue(model),
                    parsed.GetValue(json),
                    parsed.GetValue(writeRules),
                    reports.Read(parsed),
                    parsed.GetValue(checkpoint),
                    Between("--checkpoint-every", parsed.GetValue(every), 1, int.MaxValue)),
                cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CliConsole console, BacktestArguments arguments, CancellationToken cancellationToken)
    {
        var options = arguments.Options;
        var truth = await BacktestFiles.TruthAsync(options.Truth, console, cancellationToken);
        var checkpoint = BacktestFiles.Checkpoint(arguments);
        using var earlier = checkpoint?.OpenEarlier();
        await using var output = BacktestFiles.Detections(arguments, earlier);
        await using var json = BacktestFiles.Report(arguments);
        await using var rules = BacktestFiles.Rules(arguments);
        arguments.Reports.RequireWritable(arguments.Files);

        var run = new BacktestRun(options, arguments.Snapshot, truth, output) { Checkpoint = checkpoint };
        if (earlier is not null) await run.TakeOverAsync(earlier, cancellationToken);
        earlier?.Dispose();
        var report = await BacktestProgress.RunAsync(console.Progress, run, cancellationToken);
        if (report.History.Launches == 0)
            throw new CliException(
                $"no process creation could be read from {string.Join(", ", options.Files)}; 'changeling score' gives the reason for each line.");
        if (json is not null)
        {
            await json.WriteContentAsync(content => Task.Run(() => report.WriteTo(content), cancellationToken));
            json.Keep();
        }

        if (rules is not null && report.Budget?.RuleFile is { } applied)
        {
            await rules.WriteAsync(Encoding.UTF8.GetBytes(applied.ToJsonString(RuleText.Indented) + "\n"), cancellationToken);
            rules.Keep();
        }

        await arguments.Reports.WriteAsync(report, cancellationToken);
        output?.Keep();
        ReportText.Show(console.Out, report);
        if (run.Order is { } order) OrderText.Show(console, order);
        checkpoint?.Remove();
        if (rules is not null && report.Budget?.RuleFile is null)
            throw new CliException($"no thresholds keep within the budget, so {arguments.WriteRules} was not written.");
        var sources = report.Sources;
        return SourcesCommand.Unread(sources.Formats.Values.Sum(), sources.Skipped, sources.DeadLetters).Report(console, Verb.Success);
    }

    private static Option<int> BudgetDays() => NumberOption.Create(
        "--budget-days",
        "Choose thresholds for the budget on this many days after the learning period, and report on the days after them. 0: all days.",
        0);

    private static Budget? BudgetOf(string? text, int days)
    {
        var chosenOn = Between("--budget-days", days, 0, MaxBudgetDays);
        if (text is null)
            return chosenOn == 0
                ? null
                : throw new CliException(
                    "--budget-days needs a budget; pass it too, for example --budget 20/day.");
        var budget = Budget.Parse(text)
            ?? throw new CliException($"'{text}' is not a budget; pass a number of alerts to --budget, such as 20/day or 0.01/host/day.");
        return budget with { ChosenOnDays = chosenOn == 0 ? null : chosenOn };
    }

    private static int Between(string option, int value, int least, int most) => value >= least && value <= most ? value
        : throw new CliException($"{option} must be between {least} and {most:N0}, not {value:N0}.");
}
