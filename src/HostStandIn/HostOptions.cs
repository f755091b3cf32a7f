namespace Changeling.HostStandIn;

/// <summary>How the stand-in runs a function app.</summary>
public sealed record HostOptions
{
    /// <summary>The folder that is the function app: <c>host.json</c>, <c>ScoreTelemetry/function.json</c> and the executable, built or published.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The folder that the app is started in, as <c>workingDirectory</c> of <c>host.json</c> may be; null is the app's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The app settings, passed to the app in its environment; <c>:</c> in a name becomes <c>__</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Multiplies the intervals of the retry policy, so that a test need not wait as long as the host does.</summary>
    /// <value>0 (no waiting) to 1 (as the host does); 1 by default.</value>
    public double RetryIntervalFactor { get; init; } = 1;

    /// <summary>Overrides <c>functionTimeout</c> of <c>host.json</c>; null leaves it.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>Overrides <c>maxEventBatchSize</c> of <c>host.json</c>, in messages; null leaves it.</summary>
    public int? MaxEventBatchSize { get; init; }

    /// <summary>Whether the caller kills the app itself, so that many deaths do not end the run.</summary>
    public bool CallerKills { get; init; }

    /// <summary>How far each event partition has been handed over. Pass the same one to a second host to play a host that died.</summary>
    public Checkpoints Checkpoints { get; init; } = new();

    /// <summary>Called with each line that the app writes; from any thread. Null drops them.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called before a batch is posted, for each attempt; may kill the app.</summary>
    public Func<Invocation, ValueTask>? Sending { get; init; }

    /// <summary>Called when an answer has arrived, before it is acted on; false loses it, as a broken connection would.</summary>
    public Func<Invocation, bool>? Arrives { get; init; }

    /// <summary>The stand-in's clock: timeouts, retry intervals, deaths per half hour.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
