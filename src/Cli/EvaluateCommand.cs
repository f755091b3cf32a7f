using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Cli.Evaluating;
using Changeling.Pages;
using Changeling.Training;
using Spectre.Console;

namespace Changeling.Cli;

/// <summary><c>changeling evaluate --model PACKAGE --data DIR|FILE…</c>: how well a model ranks labelled rows.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create(CliConsole console)
    {
        var model = ShippedOptions.Model(console);
        var data = new Option<string[]>("--data")
        {
            Description = "Folders or files of labelled rows (.jsonl, .jsonl.gz).",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            HelpName = "DIR|FILE",
        }.AsPaths(console);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Output file for the whole report, as JSON; it quotes the rows.",
            HelpName = "report.json",
        }.AsOptionalPath(console);
        var page = new Option<string?>("--report")
        {
            Description = "Output file for a page to open in a browser: one HTML file with curves, calibration and errors; it quotes the rows.",
            HelpName = "report.html",
        }.AsOptionalPath(console);
        var resamples = NumberOption.Create("--resamples", "Bootstrap samples for each group. 0: none.", 200);
        var worst = NumberOption.Create("--worst", "How many misses and false alarms to show in full.", 10);
        var seed = NumberOption.Create("--seed", "Seed of the bootstrap.", 7);
        var command = new Command(
            "evaluate",
            "Measure a model on labelled rows: ranking by repository, format, technique and lineage class, with intervals, and its worst errors.")
            {
                model,
                data,
                output,
                page,
                resamples,
                worst,
                seed,
                RarityCommand.Create(console),
                UnseenCommand.Create(console),
            };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console, parsed.GetValue(model), parsed.GetRequiredValue(data), parsed.GetValue(output), parsed.GetValue(page),
            parsed.GetValue(resamples), parsed.GetValue(worst), parsed.GetValue(seed), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console,
        string? package,
        string[] files,
        string? output,
        string? page,
        int resamples,
        int worst,
        int seed,
        CancellationToken cancellation)
    {
        if (resamples < 0 || worst < 0) throw new CliException("--resamples and --worst must be 0 or more.");
        InputFiles.Require(files.Where(file => !Directory.Exists(file)));
        foreach (var name in new[] { output, page }.OfType<string>())
        {
            OutputFiles.RequireOther(name, [.. files, package ?? "", name == page ? output ?? "" : ""]);
            OutputFiles.RequireWritable(name);
        }

        var model = InstalledFiles.Model(package);
        var report = await console.Progress.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("measuring", maxValue: 1);
                return Task.Run(
                    () =>
                    {
                        var rows = files.SelectMany(CorpusData.LoadFile).ToList();
                        return rows.Exists(r => r.Label is not null)
                            ? ModelEvaluation.Run(
                                model, rows, resamples, worst, seed, new Synchronous<double>(share => bar.Value = share), cancellation)
                            : throw new CliException(
                                $"no row of {string.Join(", ", files)} has a label 0 or 1; pass files of labelled rows.");
                    },
                    cancellation);
            });
        EvaluationText.Show(console.Lines, report);
        if (output is not null)
        {
            await using (var file = OutputFiles.Create(output))
            {
                await JsonSerializer.SerializeAsync(file, report, Json, cancellation);
                file.Keep();
            }

            console.Error.WriteLine($"report → {output}");
        }

        if (page is not null)
        {
            await using (var file = OutputFiles.Create(page))
            {
                await EvaluationPage.WriteAsync(report, file, cancellation);
                file.Keep();
            }

            console.Error.WriteLine($"page → {page}");
        }

        return Verb.Success;
    }
}
