using System.CommandLine;
using System.Text;
using Changeling.Simulation;

namespace Changeling.Cli;

/// <summary><c>changeling simulate</c>: telemetry of a made-up fleet, the same for the same seed.</summary>
internal static class SimulateCommand
{
    private static readonly SimulationOptions Default = new();

    public static Command Create()
    {
        var hosts = NumberOption.Create("--hosts", "Number of machines.", Default.Hosts);
        var hours = NumberOption.Create("--hours", "Length of the simulated time.", Default.Hours);
        var seed = NumberOption.Create("--seed", "Another number gives another fleet.", Default.Seed);
        var attacks = NumberOption.Create("--attacks", "Number of attack chains.", Default.Attacks);
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

        await using var file = OutputFiles.Create(output);
        await using var truthFile = truth is null ? null : OutputFiles.Create(truth, output);
        var events = await Task.Run(() => FleetSimulator.Run(options), cancellationToken).WaitAsync(cancellationToken);
        var messages = TelemetryWriter.Write(events);
        await WriteLinesAsync(file, messages.Select(m => m.Body), cancellationToken);
        var answers = GroundTruth.Lines(events).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)).ToList();
        if (truthFile is not null) await WriteLinesAsync(truthFile, answers, cancellationToken);
        Console.Error.WriteLine($"{events.Count:N0} process starts in {messages.Count:N0} messages → {output}; {answers.Count:N0} of them by attackers{(truth is null ? "" : $" → {truth}")}");
        return Verb.Success;
    }

    private static async Task WriteLinesAsync(FileStream file, IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            await file.WriteAsync(line, cancellationToken);
            file.WriteByte((byte)'\n');
        }

        await file.FlushAsync(cancellationToken);
    }
}
