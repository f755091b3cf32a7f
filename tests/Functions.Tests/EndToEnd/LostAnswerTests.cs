using Changeling.Functions.Tests.App;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>Transactions that the table service applied, but whose answers never reached the app.</summary>
public class LostAnswerTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 180_000)]
    public async Task What_was_committed_without_an_answer_is_emitted_and_not_counted_twice()
    {
        var cut = AzuriteFixture.UniqueName("cut");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        await using var proxy = await FaultProxy.StartAsync(app.ConnectionString, transaction => transaction % 5 == 0);
        await using (var cutRun = await app.StartAsync(cut, o => o with
        {
            MaxEventBatchSize = 50,
            Settings = new Dictionary<string, string>(o.Settings) { ["Storage:ConnectionString"] = proxy.ConnectionString },
        }))
        {
            var run = await cutRun.Host.RunAsync(Fleet.Feeds(), null, TestContext.Current.CancellationToken);

            Assert.True(proxy.Transactions >= 20, $"only {proxy.Transactions} transactions");
            Assert.Equal((0, 0), (run.FailedAttempts, run.Restarts));
            Assert.Equal(expected.Ids, cutRun.Ids);
        }

        Assert.Equal(expected.Rows, await TableRows.ReadAsync(app.ConnectionString, cut));
    }
}
