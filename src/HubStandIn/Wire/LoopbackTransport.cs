using System.Net.Sockets;
using Amqp;

namespace Changeling.HubStandIn.Wire;

/// <summary>
/// The bytes of one connection, under AMQPNetLite. The library works on what a client sent between two calls of <see cref="ReceiveAsync"/>:
/// that is its turn, and links that send wait for theirs, so that none is changed while it hands messages over.
/// </summary>
/// <param name="socket">The client's connection.</param>
/// <param name="onClosed">Called when it is closed, by whichever side.</param>
internal sealed class LoopbackTransport(Socket socket, Action onClosed) : IAsyncTransport
{
    private readonly Turn _turn = new();
    private readonly byte[] _received = new byte[64 * 1024];
    private byte[] _toSend = [];
    private int _from;
    private int _to;
    private bool _libraryHasTurn;
    private volatile Task _handedOver = Task.CompletedTask;

    /// <summary>The connection above; null until the client has identified itself.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>Completes when the socket has taken the bytes that were sent last.</summary>
    public Task Sent { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Lets a link hand messages to the library while that works on nothing else, and completes when the socket has taken them. Until all
    /// are handed over nothing is sent, so that they leave in few large pieces.
    /// </summary>
    public async Task SendAsync(Action handOver, CancellationToken cancellationToken)
    {
        await _turn.TakeAsync(cancellationToken);
        var handedOver = new TaskCompletionSource();
        _handedOver = handedOver.Task;
        try
        {
            handOver();
        }
        finally
        {
            _handedOver = Task.CompletedTask;
            _turn.End();
            handedOver.SetResult();
        }

        await Task.WhenAny(Sent);
    }

    /// <inheritdoc/>
    public void SetConnection(Connection connection) => Connection = connection;

    /// <inheritdoc/>
    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        if (_from == _to)
        {
            if (_libraryHasTurn) _turn.End();
            _libraryHasTurn = false;
            (_from, _to) = (0, await socket.ReceiveAsync(_received));
            await _turn.TakeAsync();
            _libraryHasTurn = true;
        }

        var length = Math.Min(count, _to - _from);
        _received.AsSpan(_from, length).CopyTo(buffer.AsSpan(offset));
        _from += length;
        return length;
    }

    /// <inheritdoc/>
    public Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (_toSend.Length < listSize) _toSend = new byte[listSize];
        var length = 0;
        foreach (var buffer in bufferList)
        {
            buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).CopyTo(_toSend.AsSpan(length));
            length += buffer.Length;
        }

        return Sent = SendAsync(_toSend.AsMemory(0, length));
    }

    /// <inheritdoc/>
    public void Send(ByteBuffer buffer) => socket.Send(buffer.Buffer, buffer.Offset, buffer.Length, SocketFlags.None);

    /// <inheritdoc/>
    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException("The listener receives asynchronously.");

    /// <inheritdoc/>
    public void Close()
    {
        socket.Dispose();
        onClosed();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _handedOver;
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes)..];
    }
}
