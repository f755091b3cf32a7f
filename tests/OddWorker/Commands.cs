using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Changeling.OddWorker;

/// <summary>What an event may say; any other event is just received.</summary>
internal sealed class Commands(ILogger logger, FunctionContext context)
{
    private int Retry => context.RetryContext?.RetryCount ?? 0;

    public async Task ObeyAsync(EventData one, EventData[] all)
    {
        var words = one.EventBody.ToMemory().Length < 200 ? one.EventBody.ToString().Split(' ', 2) : [""];
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case "report":
                logger.Reported(Report(all));
                break;
            case "fail":
                throw new InvalidOperationException(rest);
            case "fail-first" when Retry < Number(rest):
                throw new InvalidOperationException($"attempt {Retry} fails");
            case "exit":
            case "exit-first" when Retry == 0:
                await Console.Error.WriteLineAsync("the worker exits because an event says so");
                Environment.Exit(Number(rest));
                break;
            case "meet":
                await MeetAsync(Number(rest), context.CancellationToken);
                break;
            case "meet-first" when Retry == 0:
            case "meet-deaf":
                await MeetAsync(Number(rest), CancellationToken.None);
                break;
        }
    }

    /// <summary>Calls a test at a port of loopback, and waits until it hangs up.</summary>
    private static async Task MeetAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await client.GetStream().CopyToAsync(Stream.Null, cancellationToken);
    }

    private string Report(EventData[] all)
    {
        var data = context.BindingContext.BindingData;
        using var partition = JsonDocument.Parse((string)data["PartitionContext"]!);
        return JsonSerializer.Serialize(new
        {
            context.InvocationId,
            context.TraceContext.TraceParent,
            RetryCount = Retry,
            context.RetryContext?.MaxRetryCount,
            Partition = partition.RootElement.GetProperty("PartitionId").GetString(),
            Hub = partition.RootElement.GetProperty("EventHubName").GetString(),
            Group = partition.RootElement.GetProperty("ConsumerGroup").GetString(),
            SequenceNumbers = all.Select(e => e.SequenceNumber),
            MetadataNumbers = (IReadOnlyList<long>)data["SequenceNumberArray"]!,
            Offsets = all.Select(e => e.OffsetString),
            MetadataOffsets = (IReadOnlyList<string>)data["OffsetStringArray"]!,
            Enqueued = all.Select(e => e.EnqueuedTime),
            MetadataEnqueued = (string)data["EnqueuedTimeUtcArray"]!,
            Keys = all.Select(e => e.PartitionKey),
            Bytes = all.Sum(e => e.EventBody.ToMemory().Length),
        });
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
