using Changeling.Counts;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Storing;
using static Changeling.Core.Tests.Incidents.SomeSignal;

namespace Changeling.Core.Tests.Incidents;

public class IncidentGatheringTests
{
    [Fact]
    public async Task Signals_of_all_partitions_become_one_incident_and_are_taken_once()
    {
        var bench = new IncidentBench();
        await bench.CommitAsync("0", 5, Of("a.exe", probability: Certain, guid: "{1}"));
        await bench.CommitAsync("1", 5, Of("b.exe", minute: 1, guid: "{2}", parentGuid: "{1}"), Of("c.exe", minute: 2, parentGuid: "{2}"));

        var first = await bench.GatherAsync();
        var second = await bench.GatherAsync();

        Assert.Equal((3, 1, 1), (first.Signals, first.Open, first.Messages));
        Assert.Equal((0, 1, 0), (second.Signals, second.Open, second.Messages));
        Assert.Equal(["a.exe", "b.exe", "c.exe"], Assert.Single(await bench.StoredAsync()).Members.Select(m => m.Signal.Process.Name));
        Assert.Single(await bench.WaitingAsync());
    }

    [Theory]
    [InlineData(90, 0)]
    [InlineData(3_000, 1)]
    public async Task The_same_steps_are_an_incident_in_a_large_fleet_and_none_in_a_small_one(int hosts, int sent)
    {
        var bench = new IncidentBench();
        for (var i = 0; i < hosts; i++) bench.Hosts.Add($"ws-{i}", new PartitionClock(Start).Day);
        await bench.CommitAsync("0", 5, Of("a.exe"), Of("b.exe", minute: 1));
        await bench.CommitAsync("1", 5);

        var outcome = await bench.GatherAsync();

        Assert.InRange(Assert.Single(await bench.StoredAsync()).Score, 0.35, 0.5);
        Assert.Equal(sent, outcome.Messages);
    }

    [Fact]
    public async Task A_process_that_starts_continues_from_the_rows()
    {
        var bench = new IncidentBench();
        await bench.CommitAsync("0", 5, Of("a.exe", probability: Certain));
        var before = Assert.Single((await bench.GatherAsync()).Sent).Incident;
        bench.Restart();
        await bench.CommitAsync("0", 30, Of("b.exe", minute: 20));

        var (incident, activity, _) = Assert.Single((await bench.GatherAsync()).Sent);

        Assert.Equal((before.Id, IncidentActivity.Update, 2, 2), (incident.Id, activity, incident.Revision, incident.Members.Count));
    }

    [Fact]
    public async Task A_partition_that_is_hours_late_adds_its_steps_to_the_incident()
    {
        var bench = new IncidentBench();
        await bench.CommitAsync("0", 5, Of("a.exe", probability: Certain, guid: "{1}"), Of("c.exe", minute: 4, parentGuid: "{1}"));
        await bench.GatherAsync();
        await bench.CommitAsync("0", 400);
        await bench.GatherAsync();
        await bench.CommitAsync("1", 2, Of("b.exe", minute: 2, parentGuid: "{1}"));

        await bench.GatherAsync();

        var incident = Assert.Single(await bench.StoredAsync());
        Assert.Equal(["a.exe", "b.exe", "c.exe"], incident.Members.Select(m => m.Signal.Process.Name));
        Assert.Equal(["Create", "Close", "Close"], (await bench.WaitingAsync()).Select(m => m.GetProperty("activity_name").GetString()));
    }

    [Fact]
    public async Task A_step_that_is_larger_than_a_transaction_is_taken_in_parts()
    {
        var bench = new IncidentBench();
        for (var row = 0; row < 20; row++)
        {
            await bench.CommitAsync("0", 30, [.. Enumerable.Range(0, SignalJson.PerRow).Select(i =>
                Of($"p{row}-{i}.exe", minute: i / 10.0, host: $"ws-{row}-{i}", user: $"corp\\u{row}-{i}", probability: 0.98))]);
        }

        var outcome = await bench.GatherAsync();

        Assert.Equal((20 * SignalJson.PerRow, 60), (outcome.Signals, outcome.Sent.Count(s => s.Activity == IncidentActivity.Create)));
        Assert.Equal(20 * SignalJson.PerRow, (await bench.StoredAsync()).Sum(i => i.Members.Count));
    }

    [Fact]
    public async Task A_run_after_a_long_pause_remembers_no_more_than_the_maximum()
    {
        var bench = new IncidentBench();
        var (rows, most) = (new HashSet<string>(), 0);
        bench.Store = new DyingIncidentStore(bench.Store, new Random(1))
        {
            OnCommit = change =>
            {
                foreach (var row in change.Rows.Where(r => r.Kind == IncidentRowKind.Incident))
                {
                    if (row.Body.IsEmpty) rows.Remove(row.Name);
                    else rows.Add(row.Name);
                }

                most = Math.Max(most, rows.Count);
            },
        };
        for (var row = 0; row < 200; row++)
        {
            await bench.CommitAsync("0", 30, [.. Enumerable.Range(0, SignalJson.PerRow).Select(i =>
                Of($"p{row}-{i}.exe", minute: i / 10.0, host: $"ws-{row}-{i}", user: $"corp\\u{row}-{i}", probability: 0.75))]);
        }

        var outcome = await bench.GatherAsync();

        Assert.Equal((200 * SignalJson.PerRow, IncidentBook.MaxIncidents), (outcome.Signals, outcome.Watched));
        Assert.InRange(most, IncidentBook.MaxIncidents, IncidentBook.MaxIncidents + IncidentBook.MaxMore + BaselineCommit.MaxRows);
    }

    [Fact]
    public async Task A_partition_that_began_again_is_read_from_the_start()
    {
        var bench = new IncidentBench();
        await bench.CommitAsync("0", 5, Of("a.exe"), Of("b.exe", minute: 1));
        await bench.GatherAsync();
        bench.Since = Start;
        await bench.CommitAsync("0", 6, Of("c.exe", minute: 2));

        var outcome = await bench.GatherAsync();

        Assert.Equal(3, outcome.Signals);
    }

    [Fact]
    public async Task A_damaged_row_does_not_stop_the_others()
    {
        var bench = new IncidentBench();
        await bench.CommitAsync("0", 5, Of("a.exe"));
        await bench.DamageAsync("0");
        await bench.CommitAsync("0", 6, Of("b.exe", minute: 1));

        await bench.GatherAsync();

        Assert.Equal(2, Assert.Single(await bench.StoredAsync()).Members.Count);
    }

    [Fact]
    public async Task Of_two_owners_of_the_timer_one_wins_and_the_other_continues_with_the_next_run()
    {
        var (bench, other) = (new IncidentBench(), new IncidentBench());
        await bench.CommitAsync("0", 5, Of("a.exe", probability: Certain));
        other.Store = bench.Store;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? bench : other).GatherAsync())));
        await bench.CommitAsync("0", 30, Of("b.exe", minute: 25));
        await other.GatherAsync();
        await bench.GatherAsync();

        Assert.Equal(1, outcomes.Sum(o => o.Signals));
        Assert.Equal(2, Assert.Single(await bench.StoredAsync()).Members.Count);
        Assert.Equal(["Create", "Update"], (await bench.WaitingAsync()).Select(m => m.GetProperty("activity_name").GetString()));
    }

    [Theory]
    [InlineData(AlertKind.Incidents, false, true)]
    [InlineData(AlertKind.Both, false, true)]
    [InlineData(AlertKind.Findings, false, false)]
    [InlineData(AlertKind.Incidents, true, false)]
    public async Task An_incident_is_an_alert_where_incidents_are_and_not_while_the_deployment_learns(
        AlertKind alerts, bool isNote, bool isAlert)
    {
        var bench = new IncidentBench(alerts);
        await bench.CommitAsync("0", 5, Of("a.exe", probability: Certain, isNote: isNote));

        await bench.GatherAsync();

        Assert.Equal(isAlert, Assert.Single(await bench.WaitingAsync()).GetProperty("is_alert").GetBoolean());
    }

    [Fact]
    public async Task What_a_fleet_does_every_night_is_remembered_over_a_restart()
    {
        var bench = new IncidentBench();
        for (var night = 0; night < 4; night++)
        {
            await bench.CommitAsync("0", (night * 24 * 60) + 1, Of("backup.exe", minute: night * 24 * 60, probability: 0.9));
            await bench.GatherAsync();
            bench.Restart();
        }

        Assert.DoesNotContain(await bench.StoredAsync(), i => i.Begin >= Start.AddDays(3));
    }
}
