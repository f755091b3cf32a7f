using System.Collections.Concurrent;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>
/// Running hosts for all tests that leave them as they were, one a function, with batches of two. Each test takes an event
/// partition of its own.
/// </summary>
public sealed class OddHost : IAsyncLifetime
{
    /// <summary>In this partition the first answer of each batch is lost.</summary>
    public const string LosesAnswers = "loses-answers";

    private readonly ConcurrentDictionary<string, Lazy<Task<FunctionsHost>>> _hosts = new();
    private readonly ConcurrentQueue<Invocation> _attempts = new();
    private readonly ConcurrentDictionary<string, int> _inFlight = new();
    private FunctionsHost? _host;

    /// <summary>The host of the function that is retried without end.</summary>
    internal FunctionsHost Host => _host ?? throw new InvalidOperationException("The host is not running.");

    /// <summary>Whether a partition ever had two batches in progress.</summary>
    internal ConcurrentBag<string> Overlaps { get; } = [];

    public async ValueTask InitializeAsync() => _host = await OfAsync(OddApp.Endless);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values) await (await host.Value).DisposeAsync();
    }

    /// <summary>The host of another function, started on first use.</summary>
    internal Task<FunctionsHost> OfAsync(string function) =>
        _hosts.GetOrAdd(function, name => new(() => FunctionsHost.StartAsync(Options(name), CancellationToken.None))).Value;

    /// <summary>The attempts that were made for a partition.</summary>
    internal IReadOnlyList<Invocation> Attempts(string partition) => [.. _attempts.Where(a => a.Batch.Partition.Id == partition)];

    private HostOptions Options(string function) => OddApp.Options(function) with
    {
        MaxEventBatchSize = 2,
        Sending = invocation =>
        {
            _attempts.Enqueue(invocation);
            if (_inFlight.AddOrUpdate(invocation.Batch.Partition.Id, 1, (_, n) => n + 1) > 1) Overlaps.Add(invocation.Batch.Partition.Id);
            return default;
        },
        Arrives = invocation =>
        {
            _inFlight.AddOrUpdate(invocation.Batch.Partition.Id, 0, (_, n) => n - 1);
            return invocation.Batch.Partition.Id != LosesAnswers || invocation.RetryCount > 0;
        },
    };
}
