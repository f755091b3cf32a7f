using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Cli.Evaluating;
using Changeling.Training;
using Spectre.Console;

namespace Changeling.Cli;

/// <summary><c>changeling evaluate --model PACKAGE --data FILE…</c>: how well a model ranks labelled rows.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A model package; the shipped one if left out.", HelpName = "PACKAGE" };
        var data = new Option<string[]>("--data") { Description = "Files of labelled rows (.jsonl, .jsonl.gz).", Required = true, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore, HelpName = "FILE" };
        var output = new Option<string?>("--output", "-o") { Description = "Output file for the whole report, as JSON; it quotes the rows.", HelpName = "report.json" };
        var resamples = NumberOption.Create("--resamples", "Bootstrap draws a group, 0 for none.", 200);
        var worst = NumberOption.Create("--worst", "How many misses and false alarms to show in full.", 10);
        var seed = NumberOption.Create("--seed", "Seed of the bootstrap.", 7);
        var command = new Command("evaluate", "Measure a model on labelled rows: ranking by repository, format, technique and lineage class, with intervals, and its worst errors.") { model, data, output, resamples, worst, seed, RarityCommand.Create() };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => RunAsync(
            parsed.GetValue(model), parsed.GetRequiredValue(data), parsed.GetValue(output), parsed.GetValue(resamples), parsed.GetValue(worst), parsed.GetValue(seed), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string? package, string[] files, string? output, int resamples, int worst, int seed, CancellationToken cancellation)
    {
        if (resamples < 0 || worst < 0) throw new CliException("--resamples and --worst are numbers from 0 up.");
        InputFiles.Require(files);
        if (output is not null) OutputFiles.RequireWritable(output);
        var model = InstalledFiles.Model(package);
        var report = await Terminal.Out.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("measuring", maxValue: 1);
                return Task.Run(
                    () =>
                    {
                        var rows = files.SelectMany(CorpusData.LoadFile).ToList();
                        return rows.Exists(r => r.Label is not null)
                            ? ModelEvaluation.Run(model, rows, resamples, worst, seed, new Told(share => bar.Value = share), cancellation)
                            : throw new CliException($"no row of {string.Join(", ", files)} has a label 0 or 1.");
                    },
                    cancellation);
            });
        Show(report);
        if (output is not null)
        {
            await using var file = File.Create(output);
            await JsonSerializer.SerializeAsync(file, report, Json, cancellation);
            Console.Error.WriteLine($"report → {output}");
        }

        return Verb.Success;
    }

    private static void Show(EvaluationReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"model {report.ModelVersion} ({report.ModelSha256[..12]}), threshold {report.Threshold:0.000}; {report.Rows:N0} rows, left out: {report.WithoutLabel:N0} without label, {report.Weak:N0} weak; calibration error {report.CalibrationError:0.000}"));
        Console.Out.WriteLine("Rows that the model was trained on flatter it; 'train' measures on held-out ones.");
        Console.Out.WriteLine($"{"by",-11}{"name",-42}{"attacks",8}{"ordinary",9}  {"ROC-AUC",-22}{"avg.prec",9}{"r@0.1%",8}{"r@1%",7}{"r@5%",7}{"found",7}{"alarms",8}{"AUC events",11}");
        foreach (var g in report.Groups) Console.Out.WriteLine(Line(g));
        foreach (var (name, auc) in report.WithoutFields) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"without {name}: ROC-AUC {auc:0.0000}"));
        Rows("Worst misses", report.WorstMisses);
        Rows("Worst false alarms", report.WorstFalseAlarms);
    }

    private static string Line(EvaluatedGroup g) => string.Create(
        CultureInfo.InvariantCulture,
        $"{g.By,-11}{Short(g.Name),-42}{g.Tuples.Attacks,8}{g.Tuples.Ordinary,9}  {$"{g.Tuples.RocAuc:0.000} [{g.RocAuc.Low:0.000}–{g.RocAuc.High:0.000}]",-22}{g.Tuples.AveragePrecision,9:0.000}{g.Tuples.RecallAt01,8:0.000}{g.Tuples.RecallAt1,7:0.000}{g.Tuples.RecallAt5,7:0.000}{g.AboveThreshold,7:0.000}{g.FalseAlarms,8:0.0000}{g.Events.RocAuc,11:0.000}");

    private static string Short(string name) => name.Length <= 40 ? name : "…" + name[^39..];

    private static void Rows(string title, IReadOnlyList<JudgedRow> rows)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(title);
        foreach (var row in rows)
        {
            var e = row.Event;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Probability:0.0000}  {row.Dataset}"));
            Console.Out.WriteLine($"        {Safe(e.Parent?.Path ?? e.Parent?.Name ?? "?")} [{Safe(e.Parent?.CommandLine ?? "")}]");
            Console.Out.WriteLine($"        {Safe(e.Child.Path ?? e.Child.Name)} [{Safe(e.Child.CommandLine ?? "")}]");
            Console.Out.WriteLine($"        {Safe(string.Join("; ", row.Reasons))}");
        }
    }

    /// <summary>Rows are data of others: what could steer a terminal is shown as a dot.</summary>
    private static string Safe(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '·' : c));

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
