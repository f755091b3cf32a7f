using System.CommandLine;
using Changeling.Benchmarking;

namespace Changeling.Cli.Benchmarking;

/// <summary><c>changeling bench</c>: what an event takes on this machine, part by part.</summary>
internal static class BenchCommand
{
    private const int LeastEvents = 100;
    private const int MostEvents = 1_000_000;
    private const int MostRepetitions = 100;

    public static Command Create(CliConsole console)
    {
        var events = NumberOption.Create("--events", "Number of simulated events in a repetition.", BenchOptions.UsualEvents);
        var repetitions = NumberOption.Create("--repetitions", "Number of repetitions behind each figure.", BenchOptions.UsualRepetitions);
        var only = new Option<string[]>("--only")
        {
            Description = $"Stages to measure: {string.Join(", ", BenchOptions.Names)}. Default: all.",
            HelpName = "NAMES",
            AllowMultipleArgumentsPerToken = true,
        };
        var app = new Option<string?>("--app")
        {
            Description = "A published function app to measure instead of the one that came with the program.",
            HelpName = "DIR",
        }.AsOptionalPath(console);
        var json = new Option<bool>("--json") { Description = "Print one JSON object on one line." };
        var command = new Command("bench", "Measure what an event takes on this machine: time, memory and requests, part by part.")
        {
            events,
            repetitions,
            only,
            app,
            json,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var options = new BenchOptions
            {
                Events = Between("--events", parsed.GetValue(events), LeastEvents, MostEvents),
                Repetitions = Between("--repetitions", parsed.GetValue(repetitions), 1, MostRepetitions),
                Stages = StagesOf(parsed.GetValue(only) ?? []),
                Model = InstalledFiles.Package(),
                Prior = InstalledFiles.Prior(null),
                AppFolder = () => AppFolder.Of(parsed.GetValue(app)),
                ToolsFolder = AzuriteFolder.Find,
            };
            var results = await Bench.RunAsync(options, new Progress(console.Error), cancellation);
            if (parsed.GetValue(json)) console.Lines.WriteLine(BenchJson.Write(results));
            else BenchText.Show(console.Out, results);
            return Verb.Success;
        }));
        return command;
    }

    private static IReadOnlyCollection<string> StagesOf(string[] names)
    {
        var stages = names.SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (stages.Find(name => !BenchOptions.Names.Contains(name)) is { } unknown)
            throw new CliException($"'{unknown}' is not a stage; pass some of {string.Join(", ", BenchOptions.Names)} to --only.");
        return stages.Count == 0 ? BenchOptions.Names : stages;
    }

    private static int Between(string option, int value, int least, int most) => value >= least && value <= most ? value
        : throw new CliException($"{option} must be between {least} and {most:N0}, not {value:N0}.");

    private sealed class Progress(TextWriter target) : IProgress<string>
    {
        public void Report(string value) => target.WriteLine(value);
    }
}
