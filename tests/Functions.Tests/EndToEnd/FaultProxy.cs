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

/// <summary>What the proxy makes of one request to the table service.</summary>
internal enum TableFault
{
    /// <summary>It passes.</summary>
    None,

    /// <summary>It passes after a while.</summary>
    Delay,

    /// <summary>The connection breaks and the server never hears of it.</summary>
    CutBefore,

    /// <summary>The server acts, and then the connection breaks.</summary>
    CutAfter,

    /// <summary>The server acts, and the answer is an error of the way back.</summary>
    ActThen500,

    /// <summary>500 without an act.</summary>
    Answer500,

    /// <summary>503 without an act: the service is busy.</summary>
    Answer503,

    /// <summary>429 without an act.</summary>
    Answer429,
}

/// <summary>Stands between the app and the emulator's table service, on loopback, and makes of each request what a test says.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] NotForwarded = ["Host", "Connection", "Transfer-Encoding", "Content-Length"];

    private readonly WebApplication _app;
    private readonly HttpClient _server;
    private readonly Func<bool, int, TableFault> _fault;
    private int _transactions;
    private int _requests;
    private int _faults;
    private int _rowsRead;

    private FaultProxy(Uri server, Func<bool, int, TableFault> fault)
    {
        _fault = fault;
        _server = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(server.GetLeftPart(UriPartial.Authority)),
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>Transactions asked for so far, lost answers included.</summary>
    public int Transactions => _transactions;

    /// <summary>All requests so far.</summary>
    public int Requests => _requests;

    /// <summary>Requests that did not simply pass.</summary>
    public int Faults => _faults;

    /// <summary>Rows in the answers to reads so far.</summary>
    public int RowsRead => _rowsRead;

    /// <summary>The connection string with the table service behind this proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a proxy that cuts the connection after the server has acted on some transactions.</summary>
    /// <param name="connectionString">Of the emulator.</param>
    /// <param name="losesAnswer">Receives the number of each transaction, from 1.</param>
    public static Task<FaultProxy> StartAsync(string connectionString, Func<int, bool> losesAnswer) =>
        StartAsync(
            connectionString, (isTransaction, number) => isTransaction && losesAnswer(number) ? TableFault.CutAfter : TableFault.None);

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">Of the emulator.</param>
    /// <param name="fault">
    /// Receives whether a request is a transaction, and the number of the transaction or request, from 1; from any thread.
    /// </param>
    public static async Task<FaultProxy> StartAsync(string connectionString, Func<bool, int, TableFault> fault)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => p[1]);
        var table = new Uri(parts["TableEndpoint"]);
        var proxy = new FaultProxy(table, fault);
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

    /// <summary>The path as it came: the request is signed with it, so it must not be escaped again.</summary>
    private static string Target(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private async Task ForwardAsync(HttpContext context)
    {
        using var sent = new MemoryStream();
        await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
        var isTransaction = context.Request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal);
        var number = Interlocked.Increment(ref _requests);
        if (isTransaction) number = Interlocked.Increment(ref _transactions);
        var fault = _fault(isTransaction, number);
        if (fault != TableFault.None) Interlocked.Increment(ref _faults);

        if (fault == TableFault.Delay) await Task.Delay(250, context.RequestAborted);
        if (fault is TableFault.None or TableFault.Delay or TableFault.CutAfter or TableFault.ActThen500)
            await PassAsync(context, sent, fault);
        if (fault is TableFault.CutBefore or TableFault.CutAfter) context.Abort();
        if (fault is TableFault.Answer500 or TableFault.ActThen500) context.Response.StatusCode = 500;
        if (fault == TableFault.Answer503) context.Response.StatusCode = 503;
        if (fault == TableFault.Answer429) context.Response.StatusCode = 429;
    }

    /// <summary>Has the server act, and passes its answer on unless that is to be lost.</summary>
    private async Task PassAsync(HttpContext context, MemoryStream sent, TableFault fault)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target(context));
        request.Content = sent.Length > 0 ? new ByteArrayContent(sent.ToArray()) : null;
        foreach (var (name, values) in context.Request.Headers.Where(h => !NotForwarded.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        // To its end, also when the app dies meanwhile: the real service would not stop half-way either.
        using var response = await _server.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (fault is TableFault.CutAfter or TableFault.ActThen500) return;
        if (HttpMethods.IsGet(context.Request.Method)) Interlocked.Add(ref _rowsRead, body.AsSpan().Count("\"RowKey\":"u8));

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var (name, values) in response.Headers.Concat(response.Content.Headers)
                .Where(h => !NotForwarded.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
