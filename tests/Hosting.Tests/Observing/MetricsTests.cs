using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Hosting.Batches;
using Changeling.Hosting.Models;
using Changeling.Hosting.Timers;
using Changeling.Sources;
using Changeling.Storing;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Changeling.Hosting.Tests.Observing;

public class MetricsTests
{
    [Fact]
    public async Task What_sources_deliver_and_lack_is_measured_by_format()
    {
        var health = new FormatHealth(
            10,
            new Dictionary<string, long> { ["user.sid"] = 4 },
            2,
            new Dictionary<string, long> { [TimeSkew.Ahead] = 3, [TimeSkew.Hours] = 0 });
        var outcome = Outcomes.With() with
        {
            Sources = new SourceHealthReport(
                new Dictionary<string, FormatHealth> { ["measured"] = health },
                new Dictionary<string, long>(),
                new Dictionary<string, long>(),
                0),
            DeadLetters = new Dictionary<(string, string), int> { [("measured", "not_xml")] = 5 },
        };
        using var measured = new Measurements();
        using var app = ComposedApp.With((_, _, _) => Task.FromResult(outcome));

        await app.Get<BatchHandler>().HandleAsync(
            new EventBatch(new EventPartition("telemetry", "0"), [Telemetry.Message(1, [])]),
            0,
            default,
            TestContext.Current.CancellationToken);

        Assert.Equal(10, measured.Sum("changeling.events", ("format", "measured")));
        Assert.Equal(4, measured.Sum("changeling.events.missing", ("format", "measured"), ("field", "user.sid")));
        Assert.Equal(2, measured.Sum("changeling.events.parent_invalid", ("format", "measured")));
        Assert.Equal(3, measured.Sum("changeling.events.skew", ("format", "measured"), ("skew", "ahead")));
        Assert.Equal(3, measured.Sum("changeling.events.skew", ("format", "measured")));
        Assert.Equal(5, measured.Sum("changeling.dead_letters", ("format", "measured"), ("reason", "not_xml")));
    }

    [Fact]
    public async Task Clusters_that_an_exception_suppresses_are_measured_by_rule_and_not_sent()
    {
        const string byHost = "suspicious-cluster-by-host";
        var (counts, partition, window) = (
            new InMemoryBaselineStore(), new BaselinePartition("default", new EventPartition("telemetry", "0")), ClockWindow.At(Some.Time));
        var sum = Enumerable.Range(0, 9).Aggregate(
            MaliciousSum.None(new(window, ClusterKind.Host, "build01")), (sum, i) => sum.Plus(0.97, $"{i % 3}.exe"));
        var other = sum with { Key = sum.Key with { Entity = "build02" } };
        var watermark = new Watermark(new Position(0, 1, 0), window.End + ClockWindow.Length, window.Start.AddHours(-10));
        await counts.CommitAsync(
            partition, new BaselineCommit(null, watermark, [], []) { Sums = [sum, other] }, TestContext.Current.CancellationToken);
        var item = new ExceptionItem
        {
            Id = "build",
            Name = "n",
            Owner = "o",
            Reason = "r",
            Created = Some.Time.AddDays(-1),
            Conditions = [new("host.name", ExceptionMatch.Exact, ["build01"])],
        };
        using var measured = new Measurements();
        using var app = ComposedApp.With([], services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IClusterStore>(new InMemoryClusterStore(counts, () => [partition])));
            services.Replace(
                ServiceDescriptor.Singleton<ISnapshotSource>(
                    new ComposedApp.Loaded(Outcomes.Snapshot("test") with { Exceptions = ExceptionList.Of([item], HostGroups.None) })));
        });

        await app.Get<ClusterHandler>().HandleAsync(TestContext.Current.CancellationToken);

        var sent = Encoding.UTF8.GetString(Assert.Single(app.Hub.Sent).Span);
        Assert.Equal(1, measured.Sum("changeling.detections.suppressed", ("rule", byHost)));
        Assert.Contains("build02", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("build01", sent, StringComparison.Ordinal);
    }
}
