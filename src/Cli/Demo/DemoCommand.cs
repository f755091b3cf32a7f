using System.CommandLine;
using Changeling.Cli.Detections;
using Changeling.HostStandIn.Azurite;
using Changeling.Simulation;

namespace Changeling.Cli.Demo;

/// <summary><c>changeling demo</c>: shows the product with the real components, in about a minute.</summary>
internal static class DemoCommand
{
    private static readonly SimulationOptions Default = new();

    public static Command Create(CliConsole console)
    {
        var hosts = NumberOption.Create("--hosts", "Number of simulated machines.", Default.Hosts);
        var attacks = NumberOption.Create("--attacks", "Number of simulated attack chains.", Default.Attacks);
        var seed = NumberOption.Create("--seed", "Seed of the simulation: another number gives another fleet.", Default.Seed);
        var input = new Option<string[]>("--input")
        {
            Description = "Your own recorded telemetry, instead of the simulation.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        }.AsPaths(console);
        var port = NumberOption.Create(
            "--azurite-port",
            "Blob port of Azurite; queue and table use the next two. Azurite is started if it does not run. 0: start one on free ports.",
            AzuriteOptions.UsualPort);
        var app = new Option<string?>("--app")
        {
            Description = "A published function app to run instead of the one that came with the program.",
            HelpName = "DIR",
        }.AsOptionalPath(console);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the results of the demo.",
            DefaultValueFactory = _ => console.PathOf(Path.Combine("artifacts", "demo")),
        }.AsPath(console);
        var width = LookOption.Create();
        var command = new Command(
            "demo",
            "Start Azurite and the function app, send a fleet's telemetry through them, show the detections.")
            {
                hosts,
                attacks,
                seed,
                input,
                port,
                app,
                output,
                width,
            };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            DemoStorage.RequirePort(parsed.GetValue(port));
            var look = LookOption.Read(parsed.GetValue(width), console.Out);
            var files = parsed.GetValue(input) ?? [];
            DemoTelemetry telemetry = files.Length > 0
                ? await RecordedTelemetry.ReadAsync(files, console, cancellation)
                : SimulatedTelemetry.Of(new SimulationOptions
                {
                    Hosts = parsed.GetValue(hosts),
                    Attacks = parsed.GetValue(attacks),
                    Seed = parsed.GetValue(seed),
                    Format = SimulationOptions.MixedFormats,
                });
            var run = new DemoRun(
                console.Out,
                look,
                telemetry,
                AppFolder.Of(parsed.GetValue(app)),
                parsed.GetValue(port),
                parsed.GetRequiredValue(output));
            var code = await run.RunAsync(cancellation);
            return telemetry is RecordedTelemetry recorded ? recorded.Unread.Report(console, code) : code;
        }));
        return command;
    }
}
