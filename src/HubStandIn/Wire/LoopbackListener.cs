using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Changeling.HubStandIn.Links;

namespace Changeling.HubStandIn.Wire;

/// <summary>Accepts connections on 127.0.0.1.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private const int Backlog = 128;

    /// <summary>Bytes; both are powers of two, and the larger one holds a message of the usual limit.</summary>
    private const int SmallestBuffer = 256, LargestBuffer = 2 * 1024 * 1024;

    /// <summary>Bytes that wait in the pool for their next use, at most.</summary>
    private const long KeptBuffers = 32 * 1024 * 1024;

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly BufferManager _buffers = new(SmallestBuffer, LargestBuffer, KeptBuffers);
    private readonly ConcurrentDictionary<HubConnection, bool> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    /// <exception cref="SocketException">The port is taken.</exception>
    public LoopbackListener(int port)
    {
        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _socket.Listen(Backlog);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public void Start(LinkFactory links) => _accepting = AcceptAsync(links, _stop.Token);

    /// <returns>The number of connections cut.</returns>
    public int CutAll()
    {
        var connections = _connections.Keys;
        foreach (var connection in connections) connection.Cut();
        return connections.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys.Select(connection => connection.CloseAsync()));
        _stop.Dispose();
    }

    private async Task AcceptAsync(LinkFactory links, CancellationToken stop)
    {
        var address = new Address($"amqp://127.0.0.1:{Port}");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(stop);
                socket.NoDelay = true;
                var connection = new HubConnection(socket, address, links, _buffers, ended => _connections.TryRemove(ended, out _));
                _connections[connection] = true;
                connection.Open();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client has disconnected, or the process has no free file handles. In the second case a loop without a pause would use
                // a whole core.
                await Task.Delay(RestAfterFailure, CancellationToken.None);
            }
        }
    }
}
