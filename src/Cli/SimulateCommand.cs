using System.CommandLine;
using Changeling.Simulation;

namespace Changeling.Cli;

/// <summary><c>changeling simulate</c>: telemetry of a made-up fleet, the same for the same seed.</summary>
internal static class SimulateCommand
{
    private static readonly SimulationOptions Default = new();

    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Number of machines.", DefaultValueFactory = _ => Default.Hosts };
        var hours = new Option<int>("--hours") { Description = "Length of the simulated time.", DefaultValueFactory = _ => Default.Hours };
        var seed = new Option<int>("--seed") { Description = "Another number gives another fleet.", DefaultValueFactory = _ => Default.Seed };
        var attacks = new Option<int>("--attacks") { Description = "Number of attack chains.", DefaultValueFactory = _ => Default.Attacks };
        var format = new Option<string>("--format") { Description = $"Whose messages: {string.Join(", ", SimulationOptions.Formats)}.", DefaultValueFactory = _ => Default.Format };
        var output = new Option<string>("--output", "-o") { Description = "Where the messages go, one a line.", Required = true, HelpName = "FILE" };
        var truth = new Option<string?>("--truth") { Description = "Where the attackers' starts go, one a line.", HelpName = "FILE" };
        var command = new Command("simulate", "Write the telemetry of a simulated fleet, with an attack in it.") { hosts, hours, seed, attacks, format, output, truth };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => RunAsync(
            new SimulationOptions
            {
                Hosts = parsed.GetValue(hosts),
                Hours = parsed.GetValue(hours),
                Seed = parsed.GetValue(seed),
                Attacks = parsed.GetValue(attacks),
                Format = parsed.GetRequiredValue(format),
            },
            parsed.GetRequiredValue(output),
            parsed.GetValue(truth),
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(SimulationOptions options, string output, string? truth, CancellationToken cancellationToken)
    {
        if (options.FindProblem() is { } problem) throw new CliException(problem);

        var events = FleetSimulator.Run(options);
        var messages = TelemetryWriter.Write(events);
        await using (var file = File.Create(output))
        {
            foreach (var message in messages)
            {
                await file.WriteAsync(message.Body, cancellationToken);
                file.WriteByte((byte)'\n');
            }
        }

        var answers = GroundTruth.Lines(events).ToList();
        if (truth is not null) await File.WriteAllLinesAsync(truth, answers, cancellationToken);
        Console.Error.WriteLine($"{events.Count:N0} process starts in {messages.Count:N0} messages → {output}; {answers.Count:N0} of them by attackers{(truth is null ? "" : $" → {truth}")}");
        return Verb.Success;
    }
}
