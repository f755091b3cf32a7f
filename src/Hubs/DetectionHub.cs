using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Sends committed detections to an Event Hub. The partition key of a finding is its host, that of an incident its id; the message id
/// is the same for each repeat. Consumers can route by application properties without reading a body: <c>class_uid</c> (int),
/// <c>severity</c> (string) and <c>is_alert</c> (bool); for findings <c>rule</c>; for incidents <c>incident</c> and <c>activity</c>.
/// The connection is opened by the first detection and stays open. Safe to use by several invocations at a time.
/// </summary>
public sealed class DetectionHub : IDetectionHub, IAsyncDisposable
{
    private const int MaxParallelHosts = 8;

    private readonly EventHubProducerClient _client;
    private readonly Action<int>? _onDamaged;

    /// <summary>Creates the client. No request is sent yet.</summary>
    /// <param name="endpoint">Its namespace.</param>
    /// <param name="hub">Its name.</param>
    /// <param name="onDamaged">
    /// Called with the number of bodies of a call that are no detections. They are not sent, because no attempt could ever succeed, and the
    /// others must not wait for them.
    /// </param>
    /// <exception cref="FormatException">The endpoint is for another hub.</exception>
    public DetectionHub(HubEndpoint endpoint, string hub, Action<int>? onDamaged = null)
        : this(endpoint, hub, HubRetries.ForApp, onDamaged)
    {
    }

    internal DetectionHub(HubEndpoint endpoint, string hub, EventHubsRetryOptions retries, Action<int>? onDamaged = null) =>
        (_client, _onDamaged) = (endpoint.OpenProducer(hub, retries), onDamaged);

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken)
    {
        var messages = new List<KeyedMessage>(detections.Count);
        for (var number = 0; number < detections.Count; number++)
        {
            if (Message(detections[number], number) is { } message) messages.Add(message);
        }

        if (messages.Count < detections.Count) _onDamaged?.Invoke(detections.Count - messages.Count);
        if (messages.Count == 0) return;

        var send = new KeyedSend(_client, MaxParallelHosts, begin: cancellationToken, finish: cancellationToken);
        var tooLarge = await send.RunAsync(messages, _ => { });
        if (tooLarge is [var first, ..])
        {
            var size = detections[first].Length.ToString("N0", CultureInfo.InvariantCulture);
            throw new StoreUnavailableException(
                $"hub '{_client.EventHubName}' does not accept a detection of {size} bytes; use a tier with a larger limit.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>The message of a detection; <see langword="null"/> for a body that is none.</summary>
    private static KeyedMessage? Message(ReadOnlyMemory<byte> detection, int number)
    {
        DetectionEnvelope envelope;
        try
        {
            envelope = DetectionEnvelope.Read(detection);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        var message = new EventData(detection) { MessageId = envelope.Id, ContentType = DetectionEnvelope.ContentType };
        foreach (var (name, value) in envelope.Properties) message.Properties[name] = value;
        return new KeyedMessage(number, PartitionKey.Of(envelope.Key), message);
    }
}
