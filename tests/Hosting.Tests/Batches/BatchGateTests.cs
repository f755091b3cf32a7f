using Changeling.Hosting.Batches;
using Changeling.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Tests.Batches;

public sealed class BatchGateTests : IDisposable
{
    private readonly BatchGate _gate = new(Options.Create(new PipelineOptions { ConcurrentBatches = 3 }));

    [Fact]
    public async Task Never_more_batches_than_allowed_are_inside_and_each_gets_in()
    {
        var (now, most, done) = (0, 0, 0);
        var counting = new Lock();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            using var place = await _gate.EnterAsync(TestContext.Current.CancellationToken);
            lock (counting) most = Math.Max(most, ++now);
            await Task.Yield();
            lock (counting) (now, done) = (now - 1, done + 1);
        }));

        Assert.Equal(32, done);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_place_that_is_given_back_twice_is_one_place()
    {
        var first = await _gate.EnterAsync(TestContext.Current.CancellationToken);
        using var second = await _gate.EnterAsync(TestContext.Current.CancellationToken);
        using var third = await _gate.EnterAsync(TestContext.Current.CancellationToken);
        first.Dispose();
        first.Dispose();
        using var fourth = await _gate.EnterAsync(TestContext.Current.CancellationToken);

        var fifth = _gate.EnterAsync(TestContext.Current.CancellationToken);

        Assert.False(fifth.IsCompleted);
        fourth.Dispose();
        (await fifth).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        using var stop = new CancellationTokenSource();
        var places = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _gate.EnterAsync(TestContext.Current.CancellationToken)));
        var waiting = _gate.EnterAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        foreach (var place in places) place.Dispose();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _gate.EnterAsync(TestContext.Current.CancellationToken)));
    }

    public void Dispose() => _gate.Dispose();
}
