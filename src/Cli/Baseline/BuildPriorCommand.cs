using System.CommandLine;
using Changeling.Evaluation.Priors;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline build-prior</c>: builds the shipped prior without training a model.</summary>
internal static class BuildPriorCommand
{
    public static Command Create(CliConsole console)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with the labelled corpus (*.jsonl.gz).",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Output file for the prior.",
            Required = true,
            HelpName = "prior.json",
        }.AsPath(console);
        var version = VersionOption.Create("the prior");
        var command = new Command(
            "build-prior",
            "Build the prior: lineages from recordings and a list of common parents, calibration from simulated fleets.")
        {
            data, output, version,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputFiles.RequireWritable(path);
            console.Error.WriteLine("counting recorded launches, then measuring simulated fleets …");
            var launches = PriorMaking.RecordedLaunches(parsed.GetRequiredValue(data));
            await using (var file = OutputFiles.Create(path))
            {
                await PriorMaking.WriteAsync(launches, parsed.GetRequiredValue(version), file, cancellation);
                file.Keep();
            }

            console.Error.WriteLine($"{launches.Count:N0} recorded launches and {CommonParents.Pairs.Count:N0} known pairs → {path}");
            return Verb.Success;
        }));
        return command;
    }
}
