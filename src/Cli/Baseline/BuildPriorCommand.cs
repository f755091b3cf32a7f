using System.CommandLine;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline build-prior</c>: the shipped prior again, without training a model.</summary>
internal static class BuildPriorCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with the labelled corpus (*.jsonl.gz).", Required = true, HelpName = "DIR" };
        var output = new Option<string>("--output", "-o") { Description = "Where the prior goes.", Required = true, HelpName = "prior.json" };
        var version = new Option<string>("--version-name") { Description = "Version that the prior carries.", DefaultValueFactory = _ => "2026.11.4", HelpName = "YYYY.M.N" };
        var command = new Command("build-prior", "Make the prior: lineages from recordings, calibration from simulated fleets.") { data, output, version };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(async () =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputFiles.RequireWritable(path);
            Console.Error.WriteLine("counting recorded launches, then measuring simulated fleets …");
            var launches = await PriorMaking.WriteAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(version), path, cancellation);
            Console.Error.WriteLine($"{launches:N0} recorded launches → {path}");
            return Verb.Success;
        }));
        return command;
    }
}
