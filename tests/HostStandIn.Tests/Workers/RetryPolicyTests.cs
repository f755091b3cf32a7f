using Changeling.HostStandIn.Contract;
using Changeling.HostStandIn.Workers;
using Google.Protobuf.WellKnownTypes;

namespace Changeling.HostStandIn.Tests.Workers;

/// <summary>How long the host waits before a retry, and how often it retries.</summary>
public sealed class RetryPolicyTests
{
    [Fact]
    public void Exponential_waits_double_up_to_the_maximum()
    {
        var policy = RetryPolicy.From("f", new RpcRetryOptions
        {
            MaxRetryCount = -1,
            MinimumInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)),
            MaximumInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        });

        Assert.Equal([2, 4, 8, 10, 10], Enumerable.Range(1, 5).Select(retry => policy.Wait(retry).TotalSeconds));
        Assert.Equal(10, policy.Wait(1_000_000).TotalSeconds);
        Assert.True(policy.Allows(1_000_000));
    }

    [Fact]
    public void Fixed_waits_stay_the_same_and_end_with_the_count()
    {
        var policy = RetryPolicy.From("f", new RpcRetryOptions
        {
            MaxRetryCount = 2,
            DelayInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
            RetryStrategy = RpcRetryOptions.Types.RetryStrategy.FixedDelay,
        });

        Assert.Equal([5, 5], Enumerable.Range(1, 2).Select(retry => policy.Wait(retry).TotalSeconds));
        Assert.Equal((true, false), (policy.Allows(2), policy.Allows(3)));
    }

    [Fact]
    public void A_strategy_without_its_interval_is_a_sentence()
    {
        var failure = Assert.Throws<HostFailedException>(() => RetryPolicy.From("ScoreTelemetry", new RpcRetryOptions()));

        Assert.Equal("The retry policy of the function ScoreTelemetry lacks an interval.", failure.Message);
    }
}
