using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Sends telemetry to a hub and waits for its answer to every message. The messages go out in rounds, so that after a failure one number
/// says how far nothing is missing. For one caller at a time.
/// </summary>
public sealed class TelemetrySender : IAsyncDisposable
{
    private const int MaxParallelHosts = 16;

    /// <summary>How long an interrupted run waits for answers to what is on its way.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly EventHubProducerClient _client;
    private readonly TimeSpan _farewell;
    private long _sentBefore;
    private SendRound? _round;

    /// <summary>Prepares the hub; nothing is asked of it yet.</summary>
    /// <param name="endpoint">Its namespace.</param>
    /// <param name="hub">Its name.</param>
    /// <exception cref="FormatException">The endpoint is for another hub.</exception>
    public TelemetrySender(HubEndpoint endpoint, string hub)
        : this(endpoint, hub, HubRetries.ForPeople, Farewell)
    {
    }

    internal TelemetrySender(HubEndpoint endpoint, string hub, EventHubsRetryOptions retries, TimeSpan farewell) =>
        (_client, _farewell) = (endpoint.OpenProducer(hub, retries), farewell);

    /// <summary>Messages that the hub has taken.</summary>
    public long Sent => _sentBefore + (_round?.Taken ?? 0);

    /// <summary>
    /// Messages from the first that were all taken: where to continue after a failure. Later ones may have been taken too.
    /// </summary>
    public long SentInARow => _sentBefore + (_round?.TakenInARow ?? 0);

    /// <summary>Sends all messages, and returns once the hub has taken them. Reads them as it goes.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="progress">Is given <see cref="Sent"/> now and then, by several threads.</param>
    /// <param name="cancellationToken">Ends it after the answers to what is on its way, three seconds later at most.</param>
    /// <exception cref="StoreUnavailableException">
    /// The hub cannot be used; the message names the first message that may be missing.
    /// </exception>
    /// <exception cref="InvalidDataException">A message is larger than the hub takes; the message names it.</exception>
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
