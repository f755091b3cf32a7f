using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>Sends messages and waits for the broker's word on every one of them.</summary>
internal sealed class HubSender : IDisposable
{
    /// <summary>Until then the client tries again by itself; then the message has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long a refusal waits for what is on its way: it says where to go on.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly string _hub;
    private readonly IProducer<string?, byte[]> _producer;
    private readonly Lock _lock = new();
    private readonly ClientTrouble _trouble = new();
    private readonly SortedSet<long> _unsettled = [];
    private long _number;
    private string? _firstFailure;

    public HubSender(HubAddress address, string hub)
    {
        _hub = hub;
        var config = new ProducerConfig
        {
            Acks = Acks.All,
            LingerMs = 20,
            MessageTimeoutMs = (int)Patience.TotalMilliseconds,
            QueueBufferingMaxMessages = 20_000,
            QueueBufferingMaxKbytes = 64 * 1024,

            // The most that a hub of the Standard tier takes; a larger one is refused at once, and named.
            MessageMaxBytes = 1024 * 1024,
        };
        address.ApplyTo(config);
        var builder = new ProducerBuilder<string?, byte[]>(config)
            .SetKeySerializer(NullableUtf8.Serializer)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => _trouble.Note(error));
        if (address.Scope is not null) builder.SetOAuthBearerTokenRefreshHandler((client, _) => address.Renew(client));
        _producer = builder.Build();
        address.Enter(_producer);
    }

    /// <summary>Messages that the broker has taken.</summary>
    public long Sent { get; private set; }

    /// <summary>Messages from the beginning that were all taken: where to go on after a failure. Later ones may have been taken too.</summary>
    public long TakenInARow
    {
        get
        {
            lock (_lock) return _unsettled.Count == 0 ? _number : _unsettled.Min;
        }
    }

    /// <summary>Puts a message on its way; waits while too many are.</summary>
    /// <exception cref="CliException">A message was refused; nothing more is sent.</exception>
    public void Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var number = Begin();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fail();
            try
            {
                _producer.Produce(_hub, new Message<string?, byte[]> { Key = message.Key, Value = message.Body.ToArray() }, report => Settled(number, message.Place, report));
                return;
            }
            catch (ProduceException<string?, byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Poll(TimeSpan.FromMilliseconds(100));
            }
            catch (ProduceException<string?, byte[]> exception)
            {
                throw Refused($"{message.Place} cannot be sent: {Why(exception.Error)}");
            }
        }
    }

    /// <summary>Waits until every message is settled.</summary>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Messages whose fate is not known.</returns>
    /// <exception cref="CliException">A message was refused.</exception>
    public int Flush(TimeSpan patience, CancellationToken cancellationToken)
    {
        var (left, until) = (1, Environment.TickCount64 + (long)patience.TotalMilliseconds);
        while (left > 0 && Environment.TickCount64 < until && !cancellationToken.IsCancellationRequested) left = _producer.Flush(TimeSpan.FromMilliseconds(200));
        Fail();
        return left;
    }

    /// <summary>Waits as long as the client itself tries.</summary>
    public int Flush(CancellationToken cancellationToken) => Flush(Patience + TimeSpan.FromSeconds(5), cancellationToken);

    public void Dispose() => _producer.Dispose();

    private long Begin()
    {
        lock (_lock)
        {
            _unsettled.Add(_number);
            return _number++;
        }
    }

    private void Settled(long number, string place, DeliveryReport<string?, byte[]> report)
    {
        lock (_lock)
        {
            if (report.Error.IsError)
            {
                _firstFailure ??= $"{place} was not taken: {Why(report.Error)}";
                return;
            }

            _unsettled.Remove(number);
            Sent++;
        }
    }

    private void Fail()
    {
        string? failure;
        lock (_lock) failure = _firstFailure;
        if (failure is not null) throw Refused(failure);
    }

    /// <summary>Not before the earlier messages are settled: they may be taken yet, and would be sent twice.</summary>
    private CliException Refused(string what)
    {
        _producer.Flush(Settling);
        return new CliException($"{what}; {Rest}.");
    }

    private string Rest => Sent == 0 ? "nothing was sent" : $"{Sent} messages were taken, and --skip {TakenInARow} goes on";

    private string Why(Error error) => error.Code switch
    {
        ErrorCode.MsgSizeTooLarge => "it is larger than the 1 MB that a hub takes",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic => $"there is no hub '{Printable.Of(_hub)}'",
        _ => _trouble.Sentence ?? Printable.Of(error.Reason).TrimEnd('.'),
    };
}
