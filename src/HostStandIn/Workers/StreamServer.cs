using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Changeling.HostStandIn.Workers;

/// <summary>Serves the workers' streams: HTTP/2 without TLS, on a port of loopback that the system chooses.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _app;

    private StreamServer(WebApplication app) => _app = app;

    public WorkerStreams Streams { get; } = new();

    /// <summary>For a worker's argument <c>--functions-uri</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts to listen.</summary>
    public static async Task<StreamServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });

        // The default lifetime would handle Ctrl-C and SIGTERM instead of the program that contains this server.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = StopsWithin);

        StreamServer? server = null;
        builder.Services.AddSingleton(_ => server!.Streams);
        server = new StreamServer(builder.Build());
        server._app.MapGrpcService<WorkerStreams>();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
