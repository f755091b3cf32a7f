using System.Net;
using System.Net.Sockets;

namespace Changeling.HostStandIn.Azurite;

/// <summary>The three ports that <c>UseDevelopmentStorage=true</c> means, and who listens on them.</summary>
internal static class AzuritePorts
{
    public const int Blob = 10000;
    public const int Queue = 10001;
    public const int Table = 10002;

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);

    /// <summary>Says in a sentence which port is taken.</summary>
    /// <exception cref="HostFailedException">One of the ports is taken.</exception>
    public static void RequireFree()
    {
        foreach (var port in new[] { Blob, Queue, Table })
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                throw new HostFailedException($"Port {port} is taken by something else: stop that program, or let Azurite choose free ports.", exception);
            }
        }
    }

    /// <summary>Whether an Azurite answers on a port.</summary>
    /// <param name="port">The port on loopback.</param>
    /// <param name="service"><c>Blob</c> or <c>Table</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<bool> IsAzuriteAsync(int port, string service, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswersWithin };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), cancellationToken);
            return answer.Headers.Server.ToString().StartsWith($"Azurite-{service}", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
