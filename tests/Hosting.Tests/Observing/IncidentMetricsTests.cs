using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Hosting.Models;
using Changeling.Hosting.Timers;
using Changeling.Storing;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Changeling.Hosting.Tests.Observing;

public class IncidentMetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_measures_the_signals_and_messages_that_are_new_and_the_incidents_that_are_open()
    {
        var (counts, partition) = (new InMemoryBaselineStore(), new BaselinePartition("default", new EventPartition("telemetry", "0")));
        var clusters = new InMemoryClusterStore(counts, () => [partition]);
        await counts.CommitAsync(
            partition,
            new BaselineCommit(null, new Watermark(new Position(0, 1, 0), Some.Time, Some.Time.AddDays(-2)), [], [])
            {
                Signals = [new(new Position(0, 1, 0), Some.Time, Encoding.UTF8.GetBytes(Signals()))],
            },
            Token);
        using var measured = new Measurements();
        using var app = ComposedApp.With([], services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IIncidentStore>(new InMemoryIncidentStore(counts, clusters)));
            services.Replace(ServiceDescriptor.Singleton<ISnapshotSource>(new ComposedApp.Loaded(Outcomes.Snapshot("test"))));
        });
        app.HubFault = new StoreUnavailableException("The hub is busy.");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => app.Get<IncidentHandler>().HandleAsync(Token));
        app.HubFault = null;
        await app.Get<IncidentHandler>().HandleAsync(Token);
        await app.Get<IncidentHandler>().HandleAsync(Token);

        Assert.Equal(1, measured.Sum("changeling.incidents.messages"));
        Assert.Equal(2, measured.Sum("changeling.signals"));
        Assert.Equal(1, measured.Last("changeling.incidents.open"));
        Assert.Single(app.Hub.Sent);
    }

    /// <summary>Two steps of one attack, as the row of a commit holds them.</summary>
    private static string Signals() => "[" + string.Join(',', Enumerable.Range(1, 2).Select(i =>
        $$"""
        {
          "uid": "00000000-0000-0000-0000-00000000000{{i}}", "time": "{{Some.Time:O}}", "started": "{{Some.Time:O}}", "host": "ws-1",
          "process": { "name": "{{i}}.exe" }, "step": "000000000000000{{i}}", "probability": 0.999, "act": 0.999, "rarity": 99,
          "rules": [{ "id": "unusual-process-by-parent", "name": "Unusual Process Spawned by a Parent Process" }]
        }
        """)) + "]";
}
