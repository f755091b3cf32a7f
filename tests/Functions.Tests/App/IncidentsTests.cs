using Changeling.Events;
using Changeling.Functions.Tests.EndToEnd;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The timer function of incidents in the real app on Azurite: one attack on one host, in four event partitions.</summary>
public class IncidentsTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Timer = "GatherIncidents";

    [Fact(Timeout = 180_000)]
    public async Task Steps_of_one_attack_in_several_partitions_are_one_incident_that_is_sent_once()
    {
        var token = TestContext.Current.CancellationToken;
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("incidents"));
        await ClustersTests.SendAsync(run.Host);
        var findings = run.Ids;

        await GatherAsync(run.Host, token);
        var first = Assert.Single(IncidentMessages.Of(run));
        await GatherAsync(run.Host, token);
        await ClustersTests.SendAsync(run.Host);
        await GatherAsync(run.Host, token);
        var swept = await run.Host.InvokeTimerAsync("SweepBaseline", token);

        Assert.True(swept.Succeeded, swept.Failure);
        Assert.Equal((1, "Create"), (first.Revision, first.Activity));
        Assert.Equal(8, findings.Count);
        Assert.Equal(findings, first.Findings.Order(StringComparer.Ordinal));
        Assert.Single(IncidentMessages.Of(run));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_partition_that_is_hours_late_adds_its_steps()
    {
        var token = TestContext.Current.CancellationToken;
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("late"));
        await ClustersTests.SendAsync(run.Host);
        await GatherAsync(run.Host, token);
        for (var i = 0; i < 4; i++)
            await SendAsync(run.Host, i, Message(20, Record("services.exe", "svchost.exe"), Some.Time.AddHours(6)), token);
        await GatherAsync(run.Host, token);

        var launch = Record("cmd.exe", "ntdsutil.exe", "ntdsutil.exe \"ac i ntds\" ifm \"create full c:\\t\" q q", guid: "{late}");
        await SendAsync(run.Host, 9, Message(1, launch, Some.Time.AddSeconds(4)), token);
        await GatherAsync(run.Host, token);

        var messages = IncidentMessages.Of(run);
        Assert.Equal(["Create", "Close", "Close"], messages.Select(m => m.Activity));
        Assert.Single(messages.Select(m => m.Incident).Distinct());
        Assert.Equal((8, 8, 9), (messages[0].Findings.Count, messages[1].Findings.Count, messages[2].Findings.Count));
    }

    [Fact(Timeout = 180_000)]
    public async Task What_the_hub_took_but_did_not_acknowledge_leaves_again_with_the_same_bytes()
    {
        var token = TestContext.Current.CancellationToken;
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("hub"));
        await ClustersTests.SendAsync(run.Host);
        var before = run.Detections.Count;
        run.Hubs.Faults.AnswerDelay = TimeSpan.FromSeconds(30);

        // The hub has taken the message and not said so yet: in this moment the worker dies.
        var cut = run.Host.InvokeTimerAsync(Timer, token);
        await run.Hubs.Hub(AppRun.DetectionsHub).WaitForCountAsync(before + 1, token);
        run.Hubs.Faults.AnswerDelay = TimeSpan.Zero;
        run.Host.Kill();
        Assert.False((await cut).Succeeded);
        await GatherAsync(run.Host, token);

        Assert.Equal([1, 1], IncidentMessages.Of(run).Select(m => m.Revision));
        Assert.True(run.RepeatsAreEqual);
    }

    [Fact(Timeout = 180_000)]
    public async Task Killed_at_any_moment_the_timer_loses_no_step_and_makes_no_second_incident()
    {
        var token = TestContext.Current.CancellationToken;
        const int Kills = 12;
        var random = new Random(5);
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("killed"));
        await ClustersTests.SendAsync(run.Host);
        var findings = run.Ids;
        for (var kill = 0; kill < Kills; kill++)
        {
            var cut = run.Host.InvokeTimerAsync(Timer, token);
            await Task.Delay(random.Next(1, 400), token);
            run.Host.Kill();
            await cut;
        }

        await GatherAsync(run.Host, token);

        var messages = IncidentMessages.Of(run);
        Assert.Equal("Create", Assert.Single(messages.DistinctBy(m => (m.Incident, m.Revision))).Activity);
        Assert.Equal(findings, messages[0].Findings.Order(StringComparer.Ordinal));
        Assert.True(run.RepeatsAreEqual);
        Assert.InRange(run.Host.Restarts, Kills / 2, Kills);
    }

    [Fact(Timeout = 180_000)]
    public async Task Transactions_whose_answers_are_lost_lose_no_step_and_make_no_second_incident()
    {
        var token = TestContext.Current.CancellationToken;
        var isCut = false;
        await using var proxy = await FaultProxy.StartAsync(app.ConnectionString, _ => Volatile.Read(ref isCut));
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("cut"), o => o with
        {
            Settings = new Dictionary<string, string>(o.Settings) { ["Storage:ConnectionString"] = proxy.ConnectionString },
        });
        await ClustersTests.SendAsync(run.Host);
        var findings = run.Ids;

        Volatile.Write(ref isCut, true);
        var cut = await run.Host.InvokeTimerAsync(Timer, token);
        Volatile.Write(ref isCut, false);
        await GatherAsync(run.Host, token);

        Assert.False(cut.Succeeded);
        Assert.True(proxy.Faults > 1, $"only {proxy.Faults} answers were lost");
        var messages = IncidentMessages.Of(run);
        Assert.Equal("Create", Assert.Single(messages.DistinctBy(m => (m.Incident, m.Revision))).Activity);
        Assert.Equal(findings, messages[0].Findings.Order(StringComparer.Ordinal));
        Assert.True(run.RepeatsAreEqual);
    }

    [Fact(Timeout = 180_000)]
    public async Task Two_instances_that_run_the_timer_at_once_send_the_same_messages()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("two");
        await using var run = await app.StartAsync(baseline);
        await using var other = await app.StartAsync(baseline, hubs: run.Hubs);
        await ClustersTests.SendAsync(run.Host);
        var findings = run.Ids;
        for (var round = 0; round < 6; round++)
        {
            // A further step each time, 20 minutes later, so that each round has a message.
            var time = Some.Time.AddMinutes(41 + (20 * round));
            var launch = Record("cmd.exe", $"tool{(char)('a' + round)}.exe", "vssadmin.exe delete shadows /all", time, $"{{r{round}}}");
            for (var i = 0; i < 4; i++)
            {
                var record = i == 0 ? launch : Record("services.exe", "svchost.exe", time: time);
                await SendAsync(run.Host, i, Message(20 + round, record, time), token);
            }

            await Task.WhenAll(GatherAsync(run.Host, token), GatherAsync(other.Host, token));
        }

        await GatherAsync(run.Host, token);

        var messages = IncidentMessages.Of(run);
        Assert.Single(messages.Select(m => m.Incident).Distinct());
        Assert.True(IncidentMessages.AreWhole(messages));
        Assert.InRange(messages.Max(m => m.Revision), 3, 7);
        Assert.Subset(messages.MaxBy(m => m.Revision)!.Findings.ToHashSet(), findings.ToHashSet());
        Assert.True(run.RepeatsAreEqual);
    }

    private static async Task GatherAsync(FunctionsHost host, CancellationToken token)
    {
        var gathered = await host.InvokeTimerAsync(Timer, token);
        Assert.True(gathered.Succeeded, gathered.Failure);
    }

    private static async Task SendAsync(FunctionsHost host, int partition, TelemetryMessage message, CancellationToken token)
    {
        var sent = await host.InvokeAsync(new EventBatch(new EventPartition("telemetry", $"{partition}"), [message]), token);
        Assert.True(sent.Succeeded, sent.Failure);
    }
}
