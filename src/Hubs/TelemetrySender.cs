using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Sends telemetry to a hub and waits for its answer to every message. The messages are sent in rounds, so that after a failure one number
/// shows up to where no message is missing. Not safe for several callers at a time.
/// </summary>
public sealed class TelemetrySender : IAsyncDisposable
{
    private const int MaxParallelHosts = 16;

    /// <summary>How long an interrupted run waits for answers to batches in progress.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly EventHubProducerClient _client;
    private readonly TimeSpan _farewell;
    private long _sentBefore;
    private SendRound? _round;

    /// <summary>Creates the client. No request is sent yet.</summary>
    /// <param name="endpoint">Its namespace.</param>
    /// <param name="hub">Its name.</param>
    /// <exception cref="FormatException">The endpoint is for another hub.</exception>
    public TelemetrySender(HubEndpoint endpoint, string hub)
        : this(endpoint, hub, HubRetries.ForPeople, Farewell)
    {
    }

    internal TelemetrySender(HubEndpoint endpoint, string hub, EventHubsRetryOptions retries, TimeSpan farewell) =>
        (_client, _farewell) = (endpoint.OpenProducer(hub, retries), farewell);

    /// <summary>Number of messages that the hub has accepted.</summary>
    public long Sent => _sentBefore + (_round?.Taken ?? 0);

    /// <summary>
    /// Number of messages, from the first one, that were all accepted: the position to continue from after a failure. Later ones may have
    /// been accepted too.
    /// </summary>
    public long SentInARow => _sentBefore + (_round?.TakenInARow ?? 0);

    /// <summary>Sends all messages, and returns when the hub has accepted them. The messages are read while they are sent.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="progress">Receives <see cref="Sent"/> from time to time, from several threads.</param>
    /// <param name="cancellationToken">Ends the sending after the answers to batches in progress, at most three seconds later.</param>
    /// <exception cref="StoreUnavailableException">
    /// The hub cannot be used; the message names the first message that may be missing.
    /// </exception>
    /// <exception cref="InvalidDataException">A message is larger than the hub accepts; the error names it.</exception>
    public async Task SendAsync(IEnumerable<OutgoingMessage> messages, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var finish = new CancellationTokenSource();
        await using var interruption = cancellationToken.Register(() => finish.CancelAfter(_farewell));
        foreach (var round in SendRound.Of(messages))
        {
            _round = round;
            await SendAsync(round, progress, cancellationToken, finish.Token);
            (_sentBefore, _round) = (Sent, null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task SendAsync(SendRound round, IProgress<long>? progress, CancellationToken begin, CancellationToken finish)
    {
        var send = new KeyedSend(_client, MaxParallelHosts, begin, finish);
        try
        {
            var tooLarge = await send.RunAsync(round.Numbered, numbers =>
            {
                round.Take(numbers);
                progress?.Report(Sent);
            });
            if (tooLarge is [var first, ..]) throw TooLarge(round[first], send.MaxBytes);
        }
        catch (StoreUnavailableException exception)
        {
            throw new StoreUnavailableException($"sending stopped at {round[round.TakenInARow].Place}: {exception.Message}", exception);
        }
    }

    private InvalidDataException TooLarge(OutgoingMessage message, long maxBytes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{message.Place} cannot be sent: it has {message.Body.Length:N0} bytes, and a message on hub '{_client.EventHubName}' can have {maxBytes:N0}, headers included; shorten it, or leave it out."));
}
