using Changeling.Hubs;
using Changeling.Storing;
using Spectre.Console;

namespace Changeling.Cli.Hubs;

/// <summary>Sends messages and reports at the end, also after an error, how many the hub has and where to continue.</summary>
/// <param name="sender">Sends to the hub.</param>
/// <param name="hub">The hub's name.</param>
/// <param name="skipped">Messages that were left out at the beginning: the next run leaves them out too.</param>
/// <param name="console">Shows progress and result.</param>
internal sealed class Sending(TelemetrySender sender, string hub, int skipped, IAnsiConsole console)
{
    /// <summary>Minimum time between two updates of the number, because a terminal is slow.</summary>
    private const int ShownEvery = 500;

    private string SentSoFar => sender.Sent == 1 ? "1 message was sent" : $"{sender.Sent:N0} messages were sent";

    private string Rest => sender.Sent == 0 ? "Nothing was sent." : $"{SentSoFar}; continue with --skip {skipped + sender.SentInARow}.";

    /// <exception cref="CliException">It stopped before the end; the message says where to continue.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; the console says where to continue.</exception>
    public async Task RunAsync(IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            if (console.Profile.Capabilities.Interactive) await SendWithProgressAsync(messages, cancellationToken);
            else await sender.SendAsync(messages, null, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            console.WriteLine(Rest);
            throw;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or InvalidDataException or CliException)
        {
            throw new CliException($"{exception.Message} {Rest}");
        }

        console.WriteLine(Shown(sender.Sent));
    }

    private Task SendWithProgressAsync(IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
        {
            var task = context.AddTask(Shown(0)).IsIndeterminate();
            await sender.SendAsync(messages, new Counter(sent => task.Description = Shown(sent)), cancellationToken);
        });

    private string Shown(long sent) => $"{sent:N0} {(sent == 1 ? "message" : "messages")} sent to hub {hub}";

    /// <summary>Reports progress on the calling thread. The library's own class posts reports to other threads, out of order.</summary>
    private sealed class Counter(Action<long> show) : IProgress<long>
    {
        private long _shown;

        public void Report(long value)
        {
            var shown = Interlocked.Read(ref _shown);
            if (value < shown + ShownEvery || Interlocked.CompareExchange(ref _shown, value, shown) != shown) return;
            show(value);
        }
    }
}
