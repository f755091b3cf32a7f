using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>Reads all event partitions of a hub, on its own: no consumer group keeps a place, so nobody is disturbed.</summary>
internal sealed class HubReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(100);

    private readonly string _hub;
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly ClientTrouble _trouble = new();

    /// <param name="address">The way to the hub.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="group">A group is asked for by the protocol; it is not joined.</param>
    public HubReader(HubAddress address, string hub, string group)
    {
        _hub = hub;
        var config = new ConsumerConfig
        {
            GroupId = group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
        };
        address.ApplyTo(config);
        var builder = new ConsumerBuilder<Ignore, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, error) => _trouble.Note(error));
        if (address.Scope is not null) builder.SetOAuthBearerTokenRefreshHandler((client, _) => address.Token(client));
        _consumer = builder.Build();
    }

    /// <summary>The bodies as they come.</summary>
    /// <param name="fromStart">All that the hub still has; else only what comes from now on.</param>
    /// <param name="untilEnd">Ends when every partition was read to its present end.</param>
    /// <param name="cancellationToken">Ends the reading in silence.</param>
    /// <exception cref="CliException">There is no such hub, or no way to it.</exception>
    public IEnumerable<byte[]> Read(bool fromStart, bool untilEnd, CancellationToken cancellationToken)
    {
        var partitions = Partitions();
        _consumer.Assign(partitions.Select(p => new TopicPartitionOffset(_hub, p, fromStart ? Offset.Beginning : Offset.End)));
        var ended = new HashSet<int>();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Next() is not { } result) continue;
            if (!result.IsPartitionEOF)
            {
                ended.Remove(result.Partition.Value);
                yield return result.Message.Value ?? [];
            }
            else if (ended.Add(result.Partition.Value) && untilEnd && ended.Count == partitions.Count)
            {
                yield break;
            }
        }
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private List<int> Partitions()
    {
        // A token is fetched by polling; the broker's answer needs it.
        _consumer.Consume(TimeSpan.Zero);
        using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        try
        {
            var topic = admin.GetMetadata(_hub, Patience).Topics.Single();
            if (topic.Error.IsError || topic.Partitions.Count == 0) throw new CliException($"there is no hub '{Printable.Of(_hub)}', or you may not read it.");
            return [.. topic.Partitions.Select(p => p.PartitionId)];
        }
        catch (KafkaException exception)
        {
            throw new CliException($"the hub '{Printable.Of(_hub)}' cannot be read: {_trouble.Sentence ?? Printable.Of(exception.Error.Reason).TrimEnd('.')}.");
        }
    }

    private ConsumeResult<Ignore, byte[]>? Next()
    {
        try
        {
            return _consumer.Consume(PollFor);
        }
        catch (ConsumeException exception)
        {
            throw new CliException($"the hub '{Printable.Of(_hub)}' cannot be read on: {_trouble.Sentence ?? Printable.Of(exception.Error.Reason).TrimEnd('.')}.");
        }
    }
}
