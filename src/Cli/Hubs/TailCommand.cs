using System.CommandLine;
using Changeling.Cli.Detections;
using Changeling.Hubs;
using Spectre.Console;

namespace Changeling.Cli.Hubs;

/// <summary>
/// <c>changeling tail</c>: shows the messages that arrive on a hub: incidents as trees, findings and anything else on one line each. It is
/// usually ended with Ctrl-C.
/// </summary>
internal static class TailCommand
{
    private const int WithoutEnd = 0;

    public static Command Create(CliConsole console)
    {
        var hub = new HubArguments(console.Setting);
        var fromStart = new Option<bool>("--from-start")
        {
            Description = "Start with the oldest message that the hub has. Default: only new messages.",
        };
        var untilEnd = new Option<bool>("--until-end") { Description = "Stop at the last message that is in the hub now." };
        var count = NumberOption.Create("--count", "Stop after this many messages. 0: do not stop.", WithoutEnd);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Output file for the messages, unchanged, one per line. Default: the terminal.",
            HelpName = "FILE",
        }.AsOptionalPath(console);
        var json = new Option<bool>("--json") { Description = "Write detections as JSON too, unchanged, one per line." };
        var width = LookOption.Create();
        var group = new Option<string>("--group")
        {
            Description = "The consumer group to read through; no checkpoint is kept.",
            DefaultValueFactory = _ => HubTail.DefaultGroup,
            HelpName = "NAME",
        };
        var command = new Command(
            "tail", "Show what arrives on an Event Hub: detections, or telemetry.")
            {
                fromStart,
                untilEnd,
                count,
                json,
                width,
                output,
                group,
            };
        hub.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (endpoint, name) = hub.Read(parsed);
            var file = parsed.GetValue(output);
            OutputFiles.RequirePlain(file);
            var look = LookOption.Read(parsed.GetValue(width), console.Out);
            await using var target = file is null ? console.OpenOutput() : OutputFiles.Create(file);
            await using var reader = new HubTail(endpoint, name, parsed.GetRequiredValue(group));
            var tailing = new Tailing(
                target,
                isForPeople: file is null && !console.IsOutputRedirected,
                parsed.GetValue(count),
                file is null && !parsed.GetValue(json) ? new DetectionText(console.Out, look) : null);
            var messages = 0L;
            try
            {
                messages = await tailing.RunAsync(reader.ReadAsync(parsed.GetValue(fromStart), parsed.GetValue(untilEnd), cancellation));
            }
            finally
            {
                // Ctrl-C is the usual end and not an error.
                if (target is OutputFile { Position: > 0 } written) written.Keep();
            }

            if (file is not null)
                console.Out.WriteLine($"{messages:N0} {(messages == 1 ? "message" : "messages")} from hub {name} written to {file}");
            return Verb.Success;
        }));
        return command;
    }
}
