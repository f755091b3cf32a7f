using System.Collections.Concurrent;
using System.Net;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>A tiny custom handler that answers as a test wants, well or badly, and keeps the requests it got.</summary>
internal sealed class OddHandler : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OddHandler(WebApplication app) => _app = app;

    public ConcurrentQueue<(string InvocationId, string Body)> Requests { get; } = new();

    public Uri Address => new(_app.Urls.First());

    /// <param name="answer">Gets the request's number, from 0, and writes the answer.</param>
    public static async Task<OddHandler> StartAsync(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var handler = new OddHandler(builder.Build());
        var number = -1;
        handler._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            handler.Requests.Enqueue((context.Request.Headers["X-Azure-Functions-InvocationId"].ToString(), await reader.ReadToEndAsync()));
            await answer(Interlocked.Increment(ref number), context);
        });
        await handler._app.StartAsync(TestContext.Current.CancellationToken);
        return handler;
    }

    /// <summary>A handler that gives one answer to everything.</summary>
    public static Task<OddHandler> StartAsync(int status, string? contentType, string body) =>
        StartAsync((_, context) => AnswerAsync(context, status, contentType, body));

    public static Task AnswerAsync(HttpContext context, int status, string? contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    /// <summary>A host for this handler that does not wait between retries.</summary>
    public FunctionsHost Host(Func<HostOptions, HostOptions>? adjust = null)
    {
        var options = new HostOptions { AppFolder = BuiltApp.Folder, RetryIntervalFactor = 0, FunctionTimeout = TimeSpan.FromSeconds(20) };
        return FunctionsHost.Attach(Address, adjust?.Invoke(options) ?? options);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
