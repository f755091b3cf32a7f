using System.Globalization;
using System.Text;
using Changeling.Incidents;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Incidents;

public class IncidentOutboxTests
{
    private const string Baseline = "default";
    private readonly InMemoryIncidentStore _store;

    public IncidentOutboxTests()
    {
        var counts = new InMemoryBaselineStore();
        _store = new InMemoryIncidentStore(counts, new InMemoryClusterStore(counts, () => []));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_leave_in_order_of_number_and_once()
    {
        await CommitAsync(450);
        var hub = new InMemoryDetectionHub();

        var sent = await Outbox(_store, hub).SendAsync(Token);
        var again = await Outbox(_store, hub).SendAsync(Token);

        Assert.Equal((450, 0), (sent, again));
        Assert.Equal(Enumerable.Range(0, 450), hub.Sent.Select(Number));
    }

    [Fact]
    public async Task What_the_hub_refuses_is_sent_with_the_next_call()
    {
        await CommitAsync(3);
        Exception? fault = new StoreUnavailableException("The hub is busy.");
        var hub = new InMemoryDetectionHub(() => fault);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Outbox(_store, hub).SendAsync(Token));
        fault = null;
        var sent = await Outbox(_store, hub).SendAsync(Token);

        Assert.Equal(3, sent);
        Assert.Equal([0, 1, 2], hub.Sent.Select(Number));
    }

    [Fact]
    public async Task Killed_anywhere_every_message_leaves_and_none_overtakes_another_for_the_first_time()
    {
        await CommitAsync(450);
        var random = new Random(3);
        var store = new DyingIncidentStore(_store, random);
        var hub = new InMemoryDetectionHub(() => random.NextDouble() < store.Odds ? new KilledException() : null);
        for (var run = 0; run < 60; run++)
        {
            store.Odds = run < 40 ? 0.3 : 0;
            try
            {
                await Outbox(store, hub).SendAsync(Token);
            }
            catch (KilledException)
            {
                // The next run sends again what is not marked.
            }
        }

        Assert.Equal(Enumerable.Range(0, 450), hub.Sent.Select(Number).Distinct());
        Assert.Empty(await _store.UnsentAsync(Baseline, 1, Token));
        Assert.True(hub.Sent.Count > 450, "no message was sent twice, so nothing was killed between sending and marking");
    }

    private static IncidentOutbox Outbox(IIncidentStore store, IDetectionHub hub) => new(store, hub, Baseline);

    private static int Number(ReadOnlyMemory<byte> body) => int.Parse(Encoding.UTF8.GetString(body.Span), CultureInfo.InvariantCulture);

    private async Task CommitAsync(int messages)
    {
        string? version = null;
        foreach (var numbers in Enumerable.Range(0, messages).Chunk(BaselineCommit.MaxRows))
        {
            var some = numbers.Select(n => new IncidentMessage(n, Some.Time, Encoding.UTF8.GetBytes($"{n}"))).ToList();
            var state = new IncidentState(new Dictionary<string, SignalsRead>(), null, Some.Time, numbers[^1] + 1);
            version = await _store.CommitAsync(Baseline, new IncidentStep(version, state, [], some), Token);
        }
    }
}
