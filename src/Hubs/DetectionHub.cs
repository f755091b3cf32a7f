using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Sends committed detections to an Event Hub: partition key = host, message id = finding id. Consumers can route by the application
/// properties <c>class_uid</c> (int), <c>rule</c>, <c>severity</c> (string) and <c>is_alert</c> (bool) without reading a body.
/// The connection is opened by the first detection and stays open. Safe to use by several invocations at a time.
/// </summary>
public sealed class DetectionHub : IDetectionHub, IAsyncDisposable
{
    private const int MaxParallelHosts = 8;

    private readonly EventHubProducerClient _client;

    /// <summary>Creates the client. No request is sent yet.</summary>
    /// <param name="endpoint">Its namespace.</param>
    /// <param name="hub">Its name.</param>
    /// <exception cref="FormatException">The endpoint is for another hub.</exception>
    public DetectionHub(HubEndpoint endpoint, string hub)
        : this(endpoint, hub, HubRetries.ForApp)
    {
    }

    internal DetectionHub(HubEndpoint endpoint, string hub, EventHubsRetryOptions retries) => _client = endpoint.OpenProducer(hub, retries);

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken)
    {
        if (detections.Count == 0) return;

        var send = new KeyedSend(_client, MaxParallelHosts, begin: cancellationToken, finish: cancellationToken);
        var tooLarge = await send.RunAsync(detections.Select(Message), _ => { });
        if (tooLarge is [var first, ..])
        {
            var size = detections[first].Length.ToString("N0", CultureInfo.InvariantCulture);
            throw new StoreUnavailableException(
                $"hub '{_client.EventHubName}' does not accept a detection of {size} bytes; use a tier with a larger limit.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static KeyedMessage Message(ReadOnlyMemory<byte> detection, int number)
    {
        var envelope = DetectionEnvelope.Read(detection);
        var message = new EventData(detection)
        {
            MessageId = envelope.Id,
            ContentType = DetectionEnvelope.ContentType,
            Properties =
            {
                ["class_uid"] = DetectionEnvelope.ClassUid,
                ["rule"] = envelope.RuleId,
                ["severity"] = envelope.Severity,
                ["is_alert"] = envelope.IsAlert,
            },
        };
        return new KeyedMessage(number, PartitionKey.Of(envelope.Host ?? envelope.Id), message);
    }
}
