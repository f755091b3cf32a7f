using Changeling.Deciding;
using Changeling.Hosting.Batches;
using Changeling.Hosting.Models;
using Changeling.Storing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Changeling.Hosting.Tests;

/// <summary>
/// The app as it is composed, without the worker around it and with nothing started: for tests of what an invocation does.
/// </summary>
internal sealed class ComposedApp : IDisposable
{
    private static readonly string[] Usual =
    [
        "Storage:ConnectionString=UseDevelopmentStorage=true", "DetectionsHub=detections",
        "EventHubConnection=Endpoint=sb://127.0.0.1:5672;SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true;",
    ];

    private readonly IHost _host;

    private ComposedApp(IHost host) => _host = host;

    public InMemoryDetectionHub Hub { get; private init; } = new();

    /// <summary>What the hub answers instead of taking detections; <see langword="null"/> for nothing.</summary>
    public Exception? HubFault { get; set; }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public IEnumerable<T> All<T>() => _host.Services.GetServices<T>();

    /// <summary>With a pipeline of the test's own, and a model that is loaded.</summary>
    public static ComposedApp With(ProcessBatch process, params string[] settings) => With(settings, services =>
    {
        services.Replace(ServiceDescriptor.Singleton(process));
        services.Replace(ServiceDescriptor.Singleton<ISnapshotSource>(new Loaded(Outcomes.Snapshot("test"))));
    });

    /// <summary>As it is, but for what the test replaces.</summary>
    /// <param name="settings"><c>Section:Name=value</c>.</param>
    /// <param name="replace">Replaces services.</param>
    public static ComposedApp With(IReadOnlyList<string> settings, Action<IServiceCollection>? replace = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Pairs([.. Usual, .. settings]));
        builder.AddChangeling();
        ComposedApp? app = null;
        var hub = new InMemoryDetectionHub(() => app?.HubFault);
        builder.Services.Replace(ServiceDescriptor.Singleton<IDetectionHub>(hub));
        replace?.Invoke(builder.Services);
        return app = new ComposedApp(builder.Build()) { Hub = hub };
    }

    public void Dispose() => _host.Dispose();

    private static Dictionary<string, string?> Pairs(IReadOnlyList<string> settings) =>
        settings.Select(s => s.Split('=', 2))
            .GroupBy(p => p[0], StringComparer.Ordinal)
            .ToDictionary(p => p.Key, p => (string?)p.Last()[1], StringComparer.Ordinal);

    internal sealed class Loaded(PipelineSnapshot snapshot) : ISnapshotSource
    {
        public string? ModelVersion => snapshot.Model.Identity.Version;

        public Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken) => Task.FromResult(snapshot);
    }
}
