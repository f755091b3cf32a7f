using Changeling.HostStandIn.Contract;
using Google.Protobuf.WellKnownTypes;

namespace Changeling.HostStandIn.Workers;

/// <summary>A function's retry policy. Without one a failed batch is lost.</summary>
/// <param name="MaxRetryCount">Maximum number of retries after the first attempt; -1 is no maximum.</param>
/// <param name="First">Wait before the first retry.</param>
/// <param name="Longest">Longest wait; the same as <paramref name="First"/> with a fixed delay.</param>
internal sealed record RetryPolicy(int MaxRetryCount, TimeSpan First, TimeSpan Longest)
{
    public bool Allows(int retry) => MaxRetryCount < 0 || retry <= MaxRetryCount;

    /// <summary>
    /// The wait before a retry: doubled each time. The host adds up to a fifth at random; the stand-in does not, so that runs repeat.
    /// </summary>
    /// <param name="retry">1 for the first retry.</param>
    public TimeSpan Wait(int retry)
    {
        var doubled = First * Math.Pow(2, Math.Min(retry - 1, 30));
        return doubled < Longest ? doubled : Longest;
    }

    /// <summary>Reads the worker's description; every interval of a strategy is required, as in the host.</summary>
    /// <exception cref="HostFailedException">An interval is missing, or the strategy is unknown.</exception>
    public static RetryPolicy From(string function, RpcRetryOptions options) => options.RetryStrategy switch
    {
        RpcRetryOptions.Types.RetryStrategy.ExponentialBackoff =>
            new(options.MaxRetryCount, Interval(function, options.MinimumInterval), Interval(function, options.MaximumInterval)),
        RpcRetryOptions.Types.RetryStrategy.FixedDelay =>
            new(options.MaxRetryCount, Interval(function, options.DelayInterval), Interval(function, options.DelayInterval)),
        var other =>
            throw new HostFailedException($"The function {function} has the retry strategy {other}, which the host does not know."),
    };

    private static TimeSpan Interval(string function, Duration? interval) =>
        interval?.ToTimeSpan() ?? throw new HostFailedException($"The retry policy of the function {function} lacks an interval.");
}
