using System.CommandLine;
using Changeling.Cli.Backtest;
using Spectre.Console;

namespace Changeling.Cli.Hubs;

/// <summary><c>changeling send FILE…</c>: files to a hub, a message each JSON value.</summary>
internal static class SendCommand
{
    /// <summary>What is on its way may arrive after Ctrl-C.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    public static Command Create(Func<string, string?> setting)
    {
        var hub = new HubOptions(setting);
        var files = new Argument<string[]>("FILE|DIR") { Description = "Telemetry, plain or gzipped; each JSON value is a message.", Arity = ArgumentArity.OneOrMore };
        var base64 = new Option<bool>("--base64") { Description = "The files hold one message a line in base64, as 'deadletters retry' writes what is no JSON." };
        var skip = NumberOption.Create("--skip", "Messages to leave out at the beginning, as a run that failed says; some may be sent twice.", 0);
        var command = new Command("send", "Send telemetry to an Event Hub through its Kafka endpoint, keyed by host.") { files, base64, skip };
        hub.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
        {
            var (address, name) = hub.Read(parsed);
            var names = HistoryFiles.Of(parsed.GetRequiredValue(files), []);
            return Task.FromResult(Run(address, name, OutgoingFiles.Read(names, parsed.GetValue(base64), parsed.GetValue(skip)), cancellation));
        }));
        return command;
    }

    private static int Run(HubAddress address, string hub, IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        using var sender = new HubSender(address, hub);
        try
        {
            Terminal.Out.Progress().Columns(new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn()).Start(context =>
            {
                var task = context.AddTask($"files → {Markup.Escape(Printable.Of(hub))}").IsIndeterminate();
                foreach (var message in messages)
                {
                    sender.Send(message, cancellationToken);
                    task.Description = $"{sender.Sent:N0} messages → {Markup.Escape(Printable.Of(hub))}";
                }

                if (sender.Flush(cancellationToken) is > 0 and var left && !cancellationToken.IsCancellationRequested)
                    throw new CliException($"{left} messages were not answered for, {sender.Sent} were taken; send again with --skip {sender.TakenInARow}.");
            });
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            sender.Flush(Farewell, CancellationToken.None);
            Terminal.Out.WriteLine($"{sender.Sent:N0} messages were taken before the interruption; --skip {sender.TakenInARow} goes on");
            throw;
        }

        Terminal.Out.WriteLine($"{sender.Sent:N0} messages → {Printable.Of(hub)}");
        return Verb.Success;
    }
}
