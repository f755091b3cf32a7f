using System.Net;
using System.Net.Sockets;

namespace Changeling.HostStandIn.Azurite;

/// <summary>Three consecutive ports of an Azurite, with checks for what listens on them.</summary>
/// <param name="Blob">The first port.</param>
internal readonly record struct AzuritePorts(int Blob)
{
    /// <summary>Published by Microsoft and the same in every emulator, so not a secret.</summary>
    private const string PublishedKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string PublishedAccount = "devstoreaccount1";

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);

    public int Queue => Blob + 1;

    public int Table => Blob + 2;

    /// <summary>The connection string of the account that every emulator has.</summary>
    public string ConnectionString => Blob == AzuriteOptions.UsualPort
        ? "UseDevelopmentStorage=true"
        : $"DefaultEndpointsProtocol=http;AccountName={PublishedAccount};AccountKey={PublishedKey};"
            + $"BlobEndpoint=http://127.0.0.1:{Blob}/{PublishedAccount};QueueEndpoint=http://127.0.0.1:{Queue}/{PublishedAccount};TableEndpoint=http://127.0.0.1:{Table}/{PublishedAccount};";

    /// <summary>Throws a message that names the port in use.</summary>
    /// <exception cref="HostFailedException">One of the ports is in use.</exception>
    public void RequireFree()
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
                throw new HostFailedException(
                    $"Port {port} is used by another program: stop that program, or give Azurite another port (--azurite-port of the demo).",
                    exception);
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
        catch (Exception exception) when (
            exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
