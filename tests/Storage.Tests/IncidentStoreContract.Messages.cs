using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>The messages that wait to be sent.</summary>
public abstract partial class IncidentStoreContract
{
    [Fact]
    public async Task Messages_wait_in_order_of_number_until_they_are_marked_and_marking_may_be_repeated()
    {
        string? version = null;
        foreach (var numbers in new[] { new long[] { 0, 1, 2 }, [9, 10], [11, 100, 10_000_000_000] })
            version = await Store.CommitAsync(Baseline, Step(version, [.. numbers.Select(Message)]), Token);

        var all = await Store.UnsentAsync(Baseline, 100, Token);
        var some = await Store.UnsentAsync(Baseline, 4, Token);
        await Store.MarkSentAsync(Baseline, some, Token);
        var left = await Store.UnsentAsync(Baseline, 100, Token);
        await Store.MarkSentAsync(Baseline, all, Token);
        await Store.MarkSentAsync(Baseline, all, Token);

        Assert.Equal([0, 1, 2, 9, 10, 11, 100, 10_000_000_000], all.Select(m => m.Number));
        Assert.All(all, m => Assert.Equal(($"message {m.Number}", Some.Time.AddTicks(m.Number)), (Text(m.Body), m.Time)));
        Assert.Equal([0, 1, 2, 9], some.Select(m => m.Number));
        Assert.Equal([10, 11, 100, 10_000_000_000], left.Select(m => m.Number));
        Assert.Empty(await Store.UnsentAsync(Baseline, 100, Token));
    }

    [Fact]
    public async Task As_many_messages_as_one_step_takes_are_marked_by_two_at_once()
    {
        var body = new byte[20 * 1024];
        var messages = Enumerable.Range(0, BaselineCommit.MaxRows).Select(i => new IncidentMessage(i, Some.Time, body)).ToArray();
        await Store.CommitAsync(Baseline, Step(null, messages), Token);
        var waiting = await Store.UnsentAsync(Baseline, 200, Token);

        await Task.WhenAll(Store.MarkSentAsync(Baseline, waiting, Token), Store.MarkSentAsync(Baseline, waiting, Token));

        Assert.Equal(messages.Length, waiting.Count);
        Assert.Empty(await Store.UnsentAsync(Baseline, 200, Token));
    }
}
