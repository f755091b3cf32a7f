using System.CommandLine;
using Changeling.Hubs;

namespace Changeling.Cli.Hubs;

/// <summary><c>changeling send FILE…</c>: files to a hub, one message for each JSON value.</summary>
internal static class SendCommand
{
    public static Command Create(CliConsole console)
    {
        var hub = new HubArguments(console.Setting);
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description = $"{TelemetryFiles.Description} Each JSON value, event, row or captured message is a message.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var base64 = new Option<bool>("--base64")
        {
            Description = "The files hold one message a line in base64, as 'deadletters retry' writes what is not JSON.",
        };
        var skip = NumberOption.Create(
            "--skip", "Number of messages to skip at the beginning, as an interrupted run printed it. Some may be sent twice.", 0);
        var command = new Command("send", "Send telemetry to an Event Hub, keyed by host.") { files, base64, skip };
        hub.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (endpoint, name) = hub.Read(parsed);
            var names = await TelemetryFiles.OfAsync(parsed.GetRequiredValue(files), [], console, cancellation);
            var skipped = parsed.GetValue(skip);
            await using var sender = new TelemetrySender(endpoint, name);
            var outgoing = new OutgoingFiles(names, parsed.GetValue(base64), skipped);
            await new Sending(sender, name, skipped, console.Out).RunAsync(outgoing.Read(), cancellation);
            return outgoing.Unread.Report(console, Verb.Success);
        }));
        return command;
    }
}
