using System.CommandLine;
using Changeling.Simulation;

namespace Changeling.Cli.Demo;

/// <summary><c>changeling demo</c>: the whole idea on real parts, in about a minute.</summary>
internal static class DemoCommand
{
    private static readonly SimulationOptions Default = new();

    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Number of simulated machines.", DefaultValueFactory = _ => Default.Hosts };
        var attacks = new Option<int>("--attacks") { Description = "Number of simulated attack chains.", DefaultValueFactory = _ => Default.Attacks };
        var seed = new Option<int>("--seed") { Description = "Another number gives another fleet.", DefaultValueFactory = _ => Default.Seed };
        var input = new Option<string[]>("--input")
        {
            Description = "Recorded telemetry of your own, through the same path instead of the simulation.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var app = new Option<string?>("--app") { Description = "A published function app to run instead of the built one.", HelpName = "DIR" };
        var output = new Option<string>("--output", "-o") { Description = "Folder for what the demo leaves.", DefaultValueFactory = _ => Path.Combine("artifacts", "demo") };
        var command = new Command("demo", "Start Azurite and the function app, send a fleet's telemetry through them, show the detections.") { hosts, attacks, seed, input, app, output };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(async () =>
        {
            var files = parsed.GetValue(input) ?? [];
            DemoTelemetry telemetry = files.Length > 0
                ? await RecordedTelemetry.ReadAsync(files, cancellation)
                : SimulatedTelemetry.Of(new SimulationOptions
                {
                    Hosts = parsed.GetValue(hosts),
                    Attacks = parsed.GetValue(attacks),
                    Seed = parsed.GetValue(seed),
                    Format = SimulationOptions.MixedFormats,
                });
            return await new DemoRun(telemetry, parsed.GetValue(app) ?? InstalledFiles.FunctionApp, parsed.GetRequiredValue(output)).RunAsync(cancellation);
        }));
        return command;
    }
}
