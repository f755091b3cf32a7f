using Changeling.Hosting.Invocations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Changeling.Hosting.Tests.Invocations;

public class InvocationsInFlightTests
{
    private readonly InvocationsInFlight _invocations = new();

    [Fact]
    public void With_none_under_way_nobody_waits() => Assert.True(_invocations.NoneAsync().IsCompletedSuccessfully);

    [Fact]
    public async Task A_stop_waits_for_the_last_one_under_way()
    {
        var (first, second) = (_invocations.Enter(), _invocations.Enter());
        var stopping = new DrainAtStop(_invocations, NullLogger<DrainAtStop>.Instance).StopAsync(TestContext.Current.CancellationToken);

        first.Dispose();
        first.Dispose();
        var waited = !stopping.IsCompleted;
        second.Dispose();
        await stopping;

        Assert.True(waited);
        Assert.Equal(0, _invocations.Count);
    }

    [Fact]
    public async Task A_stop_that_must_not_wait_longer_ends_all_the_same()
    {
        using var impatience = new CancellationTokenSource();
        using var invocation = _invocations.Enter();
        var stopping = new DrainAtStop(_invocations, NullLogger<DrainAtStop>.Instance).StopAsync(impatience.Token);

        await impatience.CancelAsync();

        await stopping;
        Assert.Equal(1, _invocations.Count);
    }

    [Fact]
    public void The_wait_at_a_stop_comes_before_anything_else_is_stopped()
    {
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With()));

        Assert.IsType<DrainAtStop>(app.All<IHostedService>().Last());
    }
}
