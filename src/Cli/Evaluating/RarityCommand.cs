using System.CommandLine;
using Changeling.Evaluation;
using Changeling.Training;
using Spectre.Console;

namespace Changeling.Cli.Evaluating;

/// <summary><c>changeling evaluate rarity</c>: how well the rarity estimator ranks recorded attacks, compared with others.</summary>
internal static class RarityCommand
{
    private const int AllFolds = -1;
    private const int MaxHosts = 10_000;

    public static Command Create(CliConsole console)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with the labelled corpus (*.jsonl.gz).",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var hosts = new Option<int[]>("--hosts")
        {
            Description = "Hosts of the simulated fleets that attacks are placed into; 0 for none.",
            DefaultValueFactory = _ => [50, 500],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "N…",
        };
        var seed = NumberOption.Create("--seed", "Seed of the simulated fleets.", 1);
        var model = new Option<string?>("--model")
        {
            Description =
                "A package that was trained without --fold (train --hold-out). If left out, one model is trained for each fold, which takes some minutes.",
            HelpName = "PACKAGE",
        }.AsOptionalPath(console);
        var fold = NumberOption.Create("--fold", $"Rank only recordings of this fold, 0 to {CorpusFolds.Count - 1}; -1 is all.", AllFolds);
        var alone = new Option<bool>("--alone") { Description = "Rarity alone, without a model." };
        var json = new Option<string?>("--json")
        {
            Description = "Output file for the report, as JSON; it quotes no rows.",
            HelpName = "report.json",
        }.AsOptionalPath(console);
        var command = new Command(
            "rarity",
            "Rank recorded attacks by rarity, alone and with the model, above recordings and simulated fleets: the product's estimator beside others.")
        {
            data, hosts, seed, model, fold, alone, json,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console,
            parsed.GetRequiredValue(data),
            new RarityOptions
            {
                Fleets = Fleets(parsed.GetValue(hosts) ?? []),
                Seed = parsed.GetValue(seed),
                Fold = Fold(parsed.GetValue(fold)),
                IsAlone = parsed.GetValue(alone),
            },
            parsed.GetValue(model),
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, string folder, RarityOptions options, string? model, string? json, CancellationToken cancellationToken)
    {
        if (model is not null && options.IsAlone)
            throw new CliException("--alone asks for no model and --model names one; leave out one of them.");
        if (model is not null && options.Fold is null)
            throw new CliException(
                "--model needs --fold, the fold that the package was not trained on; without --model a model is trained for each fold.");
        if (json is not null) OutputFiles.RequireWritable(json);
        var package = model is null ? null : InstalledFiles.Model(model);
        var report = await console.Progress.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("reading the corpus", maxValue: 1);
                return Task.Run(
                    () => new RarityEvaluation(CorpusData.Load(folder), options, InstalledFiles.Prior(null))
                        .Run(
                            package,
                            new Synchronous<RarityProgress>(p => (bar.Description, bar.Value) = (Markup.Escape(p.Step), p.Share)),
                            cancellationToken),
                    cancellationToken);
            });
        RarityText.Show(console.Out, report);
        if (json is null) return Verb.Success;
        await using (var file = OutputFiles.Create(json))
        {
            report.WriteTo(file);
            file.Keep();
        }

        console.Error.WriteLine($"report → {json}");
        return Verb.Success;
    }

    private static IReadOnlyList<int> Fleets(int[] hosts) => hosts.All(h => h is >= 0 and <= MaxHosts)
        ? [.. hosts.Where(h => h > 0)]
        : throw new CliException($"--hosts must be between 0 and {MaxHosts:N0}.");

    private static int? Fold(int number) => number switch
    {
        AllFolds => null,
        >= 0 and < CorpusFolds.Count => number,
        _ => throw new CliException($"there is no fold {number}; pass 0 to {CorpusFolds.Count - 1} to --fold, or leave it out."),
    };
}
