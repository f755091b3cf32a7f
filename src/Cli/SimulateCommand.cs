using System.CommandLine;
using System.Text;
using Changeling.Simulation;
using Changeling.Simulation.Injection;

namespace Changeling.Cli;

/// <summary><c>changeling simulate</c>: telemetry of a simulated fleet, the same for the same seed.</summary>
internal static class SimulateCommand
{
    private const int UsualRate = 1;
    private const int UsualBeginning = -1;
    private const int AllChains = 0;

    private static readonly SimulationOptions Default = new();

    public static Command Create(CliConsole console)
    {
        var hosts = NumberOption.Create("--hosts", "Number of machines.", Default.Hosts);
        var hours = NumberOption.Create("--hours", "Length of the simulated time.", Default.Hours);
        var seed = NumberOption.Create("--seed", "Seed of the simulation: another number gives another fleet.", Default.Seed);
        var attacks = NumberOption.Create("--attacks", "Number of attack chains.", Default.Attacks);
        var format = new Option<string>("--format")
        {
            Description = $"Whose messages: {string.Join(", ", SimulationOptions.Formats)}.",
            DefaultValueFactory = _ => Default.Format,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Output file for the messages, one per line; gzipped if the name ends in .gz.",
            Required = true,
            HelpName = "FILE",
        }.AsPath(console);
        var truth = new Option<string?>("--truth")
        {
            Description = "Output file for the attackers' process starts, one per line; gzipped if the name ends in .gz.",
            HelpName = "FILE",
        }.AsOptionalPath(console);
        var inject = new Option<string[]>("--inject")
        {
            Description =
                "Labelled process starts (.jsonl, .jsonl.gz) to place on the hosts: label 1 as whole chains, one per dataset; label 0 as look-alikes.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        }.AsPaths(console);
        var rate = NumberOption.Create("--rate", "Injected look-alikes for each host and day.", UsualRate);
        var after = NumberOption.Create(
            "--inject-after", "Hour after which injected chains begin; -1 is hour 24, or 8 in less than two days.", UsualBeginning);
        var fold = NumberOption.Create(
            "--inject-fold",
            "Only datasets of this fold, which a model trained with --hold-out has not seen; -1 is all.",
            InjectedRows.AllFolds);
        var chains = NumberOption.Create("--inject-chains", "Maximum number of chains to inject, chosen by the seed. 0: all.", AllChains);
        var command = new Command("simulate", "Write the telemetry of a simulated fleet with attacks in it.")
        {
            hosts,
            hours,
            seed,
            attacks,
            format,
            output,
            truth,
            inject,
            rate,
            after,
            fold,
            chains,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var files = parsed.GetValue(inject) ?? [];
            var options = new SimulationOptions
            {
                Hosts = parsed.GetValue(hosts),
                Hours = parsed.GetValue(hours),
                Seed = parsed.GetValue(seed),
                Attacks = parsed.GetValue(attacks),
                Format = parsed.GetRequiredValue(format),
                Injection = files.Length == 0 ? null : new InjectionOptions
                {
                    Rows = await InjectedRows.ReadAsync(files, parsed.GetValue(fold), console, cancellation),
                    Rate = parsed.GetValue(rate),
                    MaxChains = parsed.GetValue(chains) is var most && most == AllChains ? null : most,
                    AfterHours = parsed.GetValue(after) is var hour && hour == UsualBeginning ? null : hour,
                },
            };
            return await RunAsync(console, options, files, parsed.GetRequiredValue(output), parsed.GetValue(truth), cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, SimulationOptions options, string[] inputs, string output, string? truth, CancellationToken cancellationToken)
    {
        if (options.FindProblem() is { } problem) throw new CliException(problem);

        await using var file = OutputFiles.Create(output, inputs);
        await using var truthFile = truth is null ? null : OutputFiles.Create(truth, [output, .. inputs]);
        var events = await Task.Run(() => FleetSimulator.Run(options), cancellationToken).WaitAsync(cancellationToken);
        var messages = TelemetryWriter.Write(events);
        await WriteLinesAsync(file, messages.Select(m => m.Body), cancellationToken);
        var answers = GroundTruth.Lines(events).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)).ToList();
        if (truthFile is not null) await WriteLinesAsync(truthFile, answers, cancellationToken);
        file.Keep();
        truthFile?.Keep();
        var attackers = events.Count(e => e.Attack is not null);
        console.Error.WriteLine(
            $"{events.Count:N0} process starts in {messages.Count:N0} messages → {output}; {attackers:N0} of them by attackers{Injected(options, events)}{(truth is null ? "" : $" → {truth}")}");
        return Verb.Success;
    }

    private static string Injected(SimulationOptions options, IReadOnlyList<SimulatedEvent> events)
    {
        if (options.Injection is not { } injection) return "";
        var chains = events.Where(e => e.Injected is { Label: 1 })
            .Select(e => e.Injected!.Dataset)
            .Distinct(StringComparer.Ordinal)
            .Count();
        var leftOut = injection.Rows.Count(row => row is { Label: not null, CanBePlaced: false });
        return $", {chains:N0} injected chains, {events.Count(e => e.Injected is { Label: 0 }):N0} look-alikes{(leftOut == 0 ? "" : $" ({leftOut:N0} rows without a parent left out)")}";
    }

    private static Task WriteLinesAsync(OutputFile file, IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken) =>
        file.WriteContentAsync(async content =>
        {
            foreach (var line in lines)
            {
                await content.WriteAsync(line, cancellationToken);
                content.WriteByte((byte)'\n');
            }
        });
}
