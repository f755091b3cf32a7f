using System.Text;
using Changeling.Clusters;
using Changeling.Exceptions;
using Changeling.Functions.Models;
using Changeling.Functions.ScoreTelemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Changeling.Functions.Tests.App;

/// <summary>The real app on a real port, in this process, with a pipeline of the test's own: for tests of the envelope and the options.</summary>
internal sealed class InProcessApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InProcessApp(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public static Task<InProcessApp> StartAsync(ProcessBatch process, ISnapshotSource? snapshots = null, params string[] settings) =>
        StartAsync(settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton(process));
            services.Replace(ServiceDescriptor.Singleton(snapshots ?? new Loaded()));
        });

    /// <summary>With a store of the test's own for the timer of the cluster rules, and the exceptions in force.</summary>
    public static Task<InProcessApp> StartAsync(IClusterStore clusters, ExceptionList exceptions, params string[] settings) =>
        StartAsync(settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton(clusters));
            services.Replace(ServiceDescriptor.Singleton<ISnapshotSource>(new Loaded(exceptions)));
        });

    private static async Task<InProcessApp> StartAsync(string[] settings, Action<IServiceCollection> replace)
    {
        var app = Program.Build(
            ["FUNCTIONS_CUSTOMHANDLER_PORT=0", "Storage:ConnectionString=UseDevelopmentStorage=true", "Logging:LogLevel:Default=None", .. settings],
            services =>
            {
                services.RemoveAll<IHostedService>();
                replace(services);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new InProcessApp(app);
    }

    public async Task<(int Status, string Body)> PostAsync(string body, string path = "/ScoreTelemetry")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Loaded(ExceptionList? exceptions = null) : ISnapshotSource
    {
        public PipelineSnapshot Current { get; } = Outcomes.Snapshot("test") with { Exceptions = exceptions ?? ExceptionList.Empty };

        public string? ModelVersion => "test";
    }
}
