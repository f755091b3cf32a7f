using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Changeling.Functions.Tests.App;

/// <summary>Takes what exporters post – OTLP over HTTP, or Application Insights – and keeps it, inflated.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _posted = new();

    private FakeCollector(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var collector = new FakeCollector(app);
        app.MapFallback(collector.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>
    /// Everything posted to a path so far, as if each byte were a character: names and texts stand in protobuf as they are.
    /// </summary>
    public string Posted(string path) =>
        string.Concat(_posted.Where(p => p.Path.EndsWith(path, StringComparison.Ordinal)).Select(p => Encoding.Latin1.GetString(p.Body)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Stream body = context.Request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        _posted.Enqueue((context.Request.Path, bytes.ToArray()));
        context.Response.ContentType = context.Request.ContentType ?? "application/json";
        if (context.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal))
            await context.Response.WriteAsync("{\"itemsReceived\":1,\"itemsAccepted\":1,\"errors\":[]}");
    }
}
