using System.CommandLine;
using System.Text.Json;
using Changeling.Training;
using Changeling.Training.Unseen;
using Spectre.Console;

namespace Changeling.Cli.Evaluating;

/// <summary><c>changeling evaluate unseen</c>: how well the trainer's models do on launches that they never saw.</summary>
internal static class UnseenCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    public static Command Create(CliConsole console)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with the labelled corpus (*.jsonl.gz).",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var cases = new Option<string>("--cases")
        {
            Description = "Folder with launches that are only measured: attacks, benign and evasion (.jsonl.gz).",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var seed = NumberOption.Create("--seed", "Seed of all random draws.", 7);
        var onlyData = TrainCommand.OnlyData();
        var worst = NumberOption.Create("--worst", "How many of the worst errors of each set to show in full.", 0);
        var json = new Option<string?>("--json")
        {
            Description = "Output file for the figures, as JSON; it quotes no rows.",
            HelpName = "report.json",
        }.AsOptionalPath(console);
        var command = new Command(
            "unseen",
            "Measure the trainer on launches that its models never saw: other sources, real incidents, cases and other forms. Takes minutes.")
        {
            data, cases, onlyData, seed, worst, json,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console, parsed.GetRequiredValue(data), parsed.GetRequiredValue(cases),
            new UnseenOptions
            {
                OwnRows = !parsed.GetValue(onlyData),
                Seed = parsed.GetValue(seed),
                Worst = parsed.GetValue(worst),
            },
            parsed.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, string data, string cases, UnseenOptions options, string? json, CancellationToken cancellation)
    {
        if (options.Worst < 0) throw new CliException("--worst must be 0 or more.");
        if (json is not null) OutputFiles.RequireWritable(json);
        var report = await console.Progress.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("reading the corpus", maxValue: 1);
                return Task.Run(
                    () => UnseenEvaluation.Run(
                        CorpusData.Load(data),
                        LaunchCases.Load(cases),
                        options,
                        new Synchronous<TrainingProgress>(p => (bar.Description, bar.Value) = (Markup.Escape(p.Step), p.Done)),
                        cancellation),
                    cancellation);
            });
        UnseenText.Show(console.Lines, report);
        if (json is null) return Verb.Success;
        await using (var file = OutputFiles.Create(json))
        {
            await JsonSerializer.SerializeAsync(
                file, new { report.Seed, report.Settings, report.Threshold, report.Figures }, Json, cancellation);
            file.Keep();
        }

        console.Error.WriteLine($"report → {json}");
        return Verb.Success;
    }
}
