using System.Net;
using System.Net.Sockets;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>A call of the worker that a test can wait for and end: the worker connects, and continues when the test hangs up.</summary>
internal sealed class Meeting : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Meeting() => _listener.Start();

    /// <summary>For the commands <c>meet</c>, <c>meet-deaf</c> and <c>meet-first</c>.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits until a call has begun.</summary>
    /// <returns>To be disposed when the call may continue.</returns>
    public async Task<TcpClient> BegunAsync() => await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until the worker's side has hung up: its call has ended, or the worker has.</summary>
    public static async Task HungUpAsync(TcpClient call)
    {
        try
        {
            await call.GetStream().CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset, as by a kill.
        }
    }

    public void Dispose() => _listener.Dispose();
}
