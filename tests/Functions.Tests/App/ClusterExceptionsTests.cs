using System.Text;
using Changeling.Functions.Tests.EndToEnd;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

/// <summary>An exception for a cluster rule in the real app on Azurite.</summary>
public class ClusterExceptionsTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string ByHost = "suspicious-cluster-by-host";

    private const string Item = $$"""
        {
          "id": "build", "name": "Build server", "owner": "it", "reason": "starts what looks bad", "created": "2026-11-01T00:00:00Z",
          "rules": ["{{ByHost}}"], "conditions": [{ "field": "host.name", "type": "exact", "values": ["ws-0417"] }]
        }
        """;

    [Fact(Timeout = 180_000)]
    public async Task A_suppressed_cluster_is_stored_with_its_hit_and_never_sent_whatever_is_killed_or_comes_again()
    {
        var token = TestContext.Current.CancellationToken;
        var clients = new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString });
        await clients.CreateOnEmulatorAsync(token);
        await new JsonBlobs(clients.Blobs(), JsonBlobs.Exceptions)
            .WriteAsync("build.json", Encoding.UTF8.GetBytes(Item), replaces: false, token);
        var baseline = AzuriteFixture.UniqueName("clusters");
        await using var run = await app.StartAsync(baseline);
        await ClustersTests.SendAsync(run.Host);

        var first = await run.Host.InvokeTimerAsync("EvaluateClusters", token);
        run.Host.Kill();
        var again = await run.Host.InvokeTimerAsync("EvaluateClusters", token);

        Assert.True(first.Succeeded && again.Succeeded, first.Failure + again.Failure);
        var sent = ClustersTests.Clusters(run);
        Assert.Contains("suspicious-cluster-by-user", sent);
        Assert.DoesNotContain(ByHost, sent);
        var rows = await TableRows.ReadAsync(app.ConnectionString, baseline);
        var hidden = Assert.Single(
            rows,
            r => r.Key.StartsWith(":clusters detection|", StringComparison.Ordinal) && r.Key.Contains(ByHost, StringComparison.Ordinal));
        Assert.Contains("Emitted=True", hidden.Value, StringComparison.Ordinal);
        Assert.Contains("Suppressed=True", hidden.Value, StringComparison.Ordinal);
        Assert.Contains("Hits=1 ", rows[":clusters exception|build"] + " ", StringComparison.Ordinal);
    }
}
