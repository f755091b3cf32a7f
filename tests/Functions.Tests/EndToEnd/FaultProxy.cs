using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// Stands between the app and the emulator's table service, on loopback. Can let the server act on a transaction and then
/// cut the connection instead of passing the answer on.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] NotForwarded = ["Host", "Connection", "Transfer-Encoding", "Content-Length"];

    private readonly WebApplication _app;
    private readonly HttpClient _server;
    private readonly Func<int, bool> _losesAnswer;
    private int _transactions;

    private FaultProxy(Uri server, Func<int, bool> losesAnswer)
    {
        _losesAnswer = losesAnswer;
        _server = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(server.GetLeftPart(UriPartial.Authority)) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>Transactions that went through so far, lost answers included.</summary>
    public int Transactions => _transactions;

    /// <summary>The connection string with the table service behind this proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">Of the emulator.</param>
    /// <param name="losesAnswer">Told the number of each transaction, from 1; true cuts the connection after the server has acted.</param>
    public static async Task<FaultProxy> StartAsync(string connectionString, Func<int, bool> losesAnswer)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var table = new Uri(parts["TableEndpoint"]);
        var proxy = new FaultProxy(table, losesAnswer);
        await proxy._app.StartAsync(TestContext.Current.CancellationToken);
        var address = proxy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        parts["TableEndpoint"] = address + table.AbsolutePath;
        proxy.ConnectionString = string.Concat(parts.Select(p => $"{p.Key}={p.Value};"));
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    /// <summary>The path as it came: the request is signed with it, so it must not be escaped anew.</summary>
    private static string Target(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private async Task ForwardAsync(HttpContext context)
    {
        using var sent = new MemoryStream();
        await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target(context));
        request.Content = sent.Length > 0 ? new ByteArrayContent(sent.ToArray()) : null;
        foreach (var (name, values) in context.Request.Headers.Where(h => !NotForwarded.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using var response = await _server.SendAsync(request, context.RequestAborted);
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (context.Request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal) && _losesAnswer(Interlocked.Increment(ref _transactions)))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(h => !NotForwarded.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
