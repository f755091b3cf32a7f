using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Changeling.HubStandIn.Wire;

namespace Changeling.HubStandIn.Links;

/// <summary>Sends the events of one partition to one client, in order, as far as its credit allows.</summary>
[SuppressMessage("Design", "CA1001",
    Justification = "The token source is cancelled when the link closes; without a timer it holds nothing to dispose.")]
internal sealed class ReaderLink : LinkEndpoint
{
    /// <summary>Limits of one turn, so that other links of the connection are not kept waiting.</summary>
    private const int MaxMessagesAtOnce = 256;

    private const int MaxBytesAtOnce = 128 * 1024;

    private readonly ListenerLink _link;
    private readonly HubConnection _connection;
    private readonly HubPartition _partition;
    private readonly Action<ReaderLink> _onClosed;
    private readonly LastEnqueuedEvent? _lastEnqueued;
    private readonly LinkCredit _credit = new();
    private readonly Channel<bool> _creditChanged =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closed = new();
    private long _next;

    public ReaderLink(ListenerLink link, HubConnection connection, ReaderRequest request, long first, Action<ReaderLink> onClosed)
    {
        _link = link;
        _connection = connection;
        _partition = request.Partition;
        _lastEnqueued = request.WantsLastEnqueued ? new LastEnqueuedEvent(request.Partition, request.Time) : null;
        _next = first;
        _onClosed = onClosed;
        Reader = request.Reader;
    }

    public HubReader Reader { get; }

    /// <summary>Begins to send. Called once, when the link is attached.</summary>
    public void Start() => _ = SendAllAsync(_closed.Token);

    /// <summary>Closes the link from the hub's side, with an error for the client.</summary>
    public void Close(Error error) => _link.Close(TimeSpan.Zero, error);

    /// <inheritdoc/>
    public override void OnFlow(FlowContext flowContext)
    {
        _credit.Change(flowContext.Messages);
        _creditChanged.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Events are sent settled: a client keeps its own position.
    }

    /// <inheritdoc/>
    public override void OnLinkClosed(ListenerLink link, Error error)
    {
        _closed.Cancel();
        _onClosed(this);
    }

    private async Task SendAllAsync(CancellationToken closed)
    {
        try
        {
            while (true)
            {
                await _partition.WaitForAsync(_next, closed);
                while (_credit.Left == 0) await _creditChanged.Reader.ReadAsync(closed);
                await _connection.SendAsync(SendSome, closed);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or AmqpException or ObjectDisposedException)
        {
            // The link or its connection is closed; the client attaches again and says from where.
        }
        finally
        {
            // A link that no longer sends must not look open to its client.
            if (!_link.IsClosed) Close(new Error(ErrorCode.InternalError));
        }
    }

    private void SendSome()
    {
        var bytes = 0;
        var lastEnqueued = _lastEnqueued?.Encode();
        foreach (var message in _partition.Read(_next, (int)Math.Min(_credit.Left, MaxMessagesAtOnce)))
        {
            if (bytes > 0 && bytes + message.Encoded.Length > MaxBytesAtOnce) break;

            var encoded = lastEnqueued is null ? message.Encoded : [.. lastEnqueued, .. message.Encoded];
            using var outgoing = new Message();
            _link.SendMessage(outgoing, new ByteBuffer(encoded, 0, encoded.Length, encoded.Length));
            _credit.Use();
            _next = message.SequenceNumber + 1;
            bytes += encoded.Length;
        }
    }
}
