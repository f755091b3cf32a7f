using System.Globalization;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>The <c>retry</c> object of <c>function.json</c> (section 1.8). Without one a failed batch is lost.</summary>
/// <param name="MaxRetryCount">Retries after the first attempt; -1 for ever.</param>
/// <param name="First">Wait before the first retry.</param>
/// <param name="Longest">Longest wait; the same as <paramref name="First"/> with a fixed delay.</param>
internal sealed record RetryPolicy(int MaxRetryCount, TimeSpan First, TimeSpan Longest)
{
    public bool Allows(int retry) => MaxRetryCount < 0 || retry <= MaxRetryCount;

    /// <summary>The wait before a retry: doubled each time. The host adds up to a fifth by chance; we do not, so that runs repeat.</summary>
    /// <param name="retry">1 for the first retry.</param>
    public TimeSpan Wait(int retry)
    {
        var doubled = First * Math.Pow(2, Math.Min(retry - 1, 30));
        return doubled < Longest ? doubled : Longest;
    }

    /// <summary>Reads the object; every field of a strategy is required, as in the host.</summary>
    public static RetryPolicy Parse(JsonElement retry) => retry.GetProperty("strategy").GetString() switch
    {
        "exponentialBackoff" => new(Count(retry), Interval(retry, "minimumInterval"), Interval(retry, "maximumInterval")),
        "fixedDelay" => new(Count(retry), Interval(retry, "delayInterval"), Interval(retry, "delayInterval")),
        var other => throw new HostFailedException($"function.json: retry strategy {other} is none that the host knows."),
    };

    private static int Count(JsonElement retry) => retry.GetProperty("maxRetryCount").GetInt32();

    private static TimeSpan Interval(JsonElement retry, string name) =>
        TimeSpan.ParseExact(retry.GetProperty(name).GetString()!, "c", CultureInfo.InvariantCulture);
}
