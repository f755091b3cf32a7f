namespace Changeling.HostStandIn;

/// <summary>The options for running a function app.</summary>
public sealed record HostOptions
{
    /// <summary>
    /// The folder that is the function app, built or published: <c>host.json</c>, <c>worker.config.json</c>, <c>functions.metadata</c> and
    /// the worker.
    /// </summary>
    public required string AppFolder { get; init; }

    /// <summary>The Event Hubs function that receives the batches; may be null if the app has only one.</summary>
    public string? Function { get; init; }

    /// <summary>
    /// The app settings: passed to the worker in its environment, where <c>:</c> becomes <c>__</c>, and looked up for
    /// <c>%NAME%</c> and the connections of bindings.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Multiplies the intervals of the retry policy, so that a test need not wait as long as the host does.</summary>
    /// <value>0 (no waiting) to 1 (as the host does); 1 by default.</value>
    public double RetryIntervalFactor { get; init; } = 1;

    /// <summary>Overrides <c>functionTimeout</c> of <c>host.json</c>; null leaves it.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>Overrides <c>maxEventBatchSize</c> of <c>host.json</c>, in messages; null leaves it.</summary>
    public int? MaxEventBatchSize { get; init; }

    /// <summary>Whether the caller kills the worker on purpose, so that repeated crashes do not end the run.</summary>
    public bool CallerKills { get; init; }

    /// <summary>
    /// The progress in the feeds. Pass the same object to a second host to simulate a host that crashed.
    /// </summary>
    public Checkpoints Checkpoints { get; init; } = new();

    /// <summary>How long a stop waits for the batches in progress before it cancels them.</summary>
    /// <value>10 seconds by default, as the host does.</value>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the worker may take to end before it is killed.</summary>
    /// <value>5 seconds by default, as the host does.</value>
    public TimeSpan TerminateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Called with each line that the worker writes or logs; from any thread. If null, they are discarded.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called before a batch is sent to the worker, for each attempt; may kill the worker.</summary>
    public Func<Invocation, ValueTask>? Sending { get; init; }

    /// <summary>
    /// Called when the worker's answer has arrived, before it is handled. If false, the answer is lost, as if the host had crashed in that
    /// moment.
    /// </summary>
    public Func<Invocation, bool>? Arrives { get; init; }

    /// <summary>The stand-in's clock: timeouts, retry intervals, the window of deaths.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
