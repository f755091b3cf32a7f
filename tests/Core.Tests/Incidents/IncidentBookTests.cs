using Changeling.Incidents;
using static Changeling.Core.Tests.Incidents.SomeSignal;

namespace Changeling.Core.Tests.Incidents;

public class IncidentBookTests
{
    private readonly IncidentBook _book = new(new(), []);

    private Incident Only => Assert.Single(_book.All);

    [Fact]
    public void Steps_of_one_account_on_one_host_that_are_close_in_time_are_one_incident()
    {
        Add(Of("whoami.exe"), Of("net.exe", minute: 20), Of("reg.exe", minute: 60));

        Assert.Equal(["whoami.exe", "net.exe", "reg.exe"], Only.Members.Select(m => m.Signal.Process.Name));
    }

    [Fact]
    public void Steps_that_are_hours_apart_are_one_incident_only_in_one_process_tree()
    {
        Add(Of("a.exe", guid: "{1}"), Of("b.exe", minute: 300, parentGuid: "{1}"), Of("c.exe", minute: 600));

        Assert.Equal([2, 1], _book.All.OrderBy(i => i.Begin).Select(i => i.Members.Count));
    }

    [Theory]
    [InlineData("explorer.exe", 90, 2)]
    [InlineData("w3wp.exe", 90, 1)]
    [InlineData("w3wp.exe", 300, 2)]
    public void What_one_process_started_is_connected_for_two_hours_unless_it_starts_everything(string parent, int minute, int incidents)
    {
        Add(Of("a.exe", parent: parent, parentGuid: "{9}"), Of("b.exe", minute: minute, parent: parent, parentGuid: "{9}"));

        Assert.Equal(incidents, _book.All.Count());
    }

    [Fact]
    public void Another_account_on_the_host_belongs_to_the_incident_only_shortly_after()
    {
        Add(
            Of("a.exe"), Of("b.exe", minute: 10, user: "system", isSystem: true),
            Of("c.exe", minute: 30, user: @"corp\bert"));

        Assert.Equal([2, 1], _book.All.OrderBy(i => i.Begin).Select(i => i.Members.Count));
    }

    [Fact]
    public void A_repeated_step_counts_once()
    {
        Add(Of("a.exe"));
        var once = Only.Score;

        for (var i = 1; i < 50; i++) Add(Of("a.exe", minute: i));

        Assert.Equal((once, 50), (Only.Score, Assert.Single(Only.Members).Count));
    }

    [Fact]
    public void The_same_step_on_further_hosts_counts_once()
    {
        Add(Of("odt3f9a.tmp.exe", probability: 0.98));
        var once = Only.Score;

        for (var i = 2; i < 9; i++) Add(Of("odt3f9a.tmp.exe", minute: i, probability: 0.97, host: $"ws-{i}", user: $"corp\\u{i}"));

        Assert.Equal((once, 8), (Only.Score, Only.Hosts.Count));
    }

    [Fact]
    public void Many_different_weak_steps_outweigh_one_strong_step()
    {
        Add(Of("strong.exe", probability: 0.97, host: "ws-9", user: "corp\\bert"));
        Add(Enumerable.Range(0, 6).Select(i => Of($"weak{i}.exe", minute: i)).ToArray());

        var (strong, weak) = (_book.All.Single(i => i.Hosts[0] == "ws-9"), _book.All.Single(i => i.Hosts[0] == "ws-1"));

        Assert.True(weak.Score > strong.Score, $"{weak.Score} against {strong.Score}");
        Assert.All(weak.Members, m => Assert.True(m.Weight < strong.Score));
    }

    [Fact]
    public void What_the_fleet_does_every_night_counts_nothing()
    {
        for (var day = 0; day < 5; day++) Add(Of("backup.exe", minute: day * 24 * 60, probability: 0.9, host: $"srv-{day}"));

        Assert.DoesNotContain(_book.All, i => i.Hosts.Contains("srv-4"));
        Assert.Contains(_book.All, i => i.Hosts.Contains("srv-0"));
    }

    [Fact]
    public void An_account_that_goes_on_on_another_host_stays_in_the_incident()
    {
        Add(Of("a.exe", probability: 0.98), Of("b.exe", minute: 30, probability: 0.98, host: "srv-2"));

        Assert.Equal(["ws-1", "srv-2"], Only.Hosts);
    }

    [Fact]
    public void Weak_steps_of_an_account_do_not_connect_hosts()
    {
        Add(Of("a.exe", probability: 0.8), Of("b.exe", minute: 30, probability: 0.8, host: "srv-2"));

        Assert.Equal(2, _book.All.Count());
    }

    [Fact]
    public void An_account_of_Windows_itself_does_not_connect_hosts()
    {
        Add(
            Of("a.exe", probability: 0.98, user: "system", isSystem: true),
            Of("b.exe", minute: 3, probability: 0.98, user: "system", isSystem: true, host: "srv-2"));

        Assert.Equal(2, _book.All.Count());
    }

    [Fact]
    public void The_same_unusual_command_on_another_host_belongs_to_the_incident()
    {
        Add(Of("a.exe", probability: 0.98), Of("a.exe", minute: 300, probability: 0.98, host: "srv-2", user: "corp\\bert"));

        Assert.Equal(["ws-1", "srv-2"], Only.Hosts);
    }

    [Fact]
    public void A_step_between_two_incidents_makes_one_of_them_and_the_older_keeps_its_id()
    {
        Add(Of("a.exe", guid: "{1}"), Of("b.exe", minute: 300, guid: "{2}"));
        var older = _book.All.Single(i => i.Begin == Start).Id;

        Add(Of("c.exe", minute: 301, parentGuid: "{1}", guid: "{3}"));

        Assert.Equal((older, 3), (Only.Id, Only.Members.Count));
    }

    [Fact]
    public void An_incident_that_was_sent_is_reported_when_it_becomes_a_part_of_another()
    {
        Add(Of("a.exe", probability: Certain, guid: "{1}"), Of("b.exe", minute: 300, probability: Certain, guid: "{2}"));
        foreach (var change in IncidentLife.Due(_book, Start, threshold: 0.5).ToList()) _book.Put(change.Incident);
        var ids = _book.All.OrderBy(i => i.Begin).Select(i => i.Id).ToList();

        var joined = _book.Add(Of("c.exe", minute: 301, parentGuid: "{1}", guid: "{3}"));

        Assert.Equal((ids[1], ids[0]), (Assert.Single(joined).Id, joined[0].JoinedTo));
        Assert.Equal(ids[0], Only.Id);
    }

    [Fact]
    public void Names_that_differ_in_random_digits_are_one_trigger()
    {
        Add(Of("odt3f9a.tmp.exe"), Of("odt81c0.tmp.exe", minute: 1));
        Add(Of("first.exe", host: "ws-9", user: "corp\\bert"), Of("second.exe", minute: 1, host: "ws-9", user: "corp\\bert"));

        var (alike, different) = (_book.All.Single(i => i.Hosts[0] == "ws-1"), _book.All.Single(i => i.Hosts[0] == "ws-9"));

        Assert.Equal((2, 2), (alike.Members.Count, different.Members.Count));
        Assert.True(alike.Score < different.Score, $"{alike.Score} against {different.Score}");
    }

    [Fact]
    public void Further_windows_of_one_cluster_rule_are_no_news()
    {
        Add(Of("a.exe", probability: 0.95));
        var alone = Only.Score;
        for (var window = 0; window < 20; window++) _book.Add(new("by-host", "ws-1", Start.AddMinutes(15 * window)), s => s.Host == "ws-1");
        var once = Only;

        _book.Put(once with { HasNews = false });
        _book.Add(new("by-host", "ws-1", Start.AddHours(9)), s => s.Host == "ws-1");
        _book.Add(new("by-host", "ws-2", Start), s => s.Host == "ws-2");

        Assert.Equal((1, false), (Only.Clusters.Count, Only.HasNews));
        Assert.True(once.Score > alone);
    }

    [Fact]
    public void Too_many_are_forgotten_from_the_weakest_watched_one_on_and_never_an_open_one()
    {
        for (var i = 0; i < IncidentBook.MaxIncidents + 100; i++)
            Add(Of($"p{i}.exe", probability: i < 200 ? Certain : 0.7 + (i / 100_000.0), host: $"ws-{i}", user: $"corp\\u{i}"));
        foreach (var incident in _book.All.Where(i => i.Members[0].Signal.IsFinding).ToList())
            _book.Put(incident with { Status = IncidentStatus.Open });

        foreach (var incident in _book.TooMany()) _book.Remove(incident);

        Assert.Equal((IncidentBook.MaxIncidents, 200), (_book.All.Count(), _book.All.Count(i => i.Status == IncidentStatus.Open)));
        Assert.DoesNotContain(_book.All, i => i.Hosts[0] == "ws-200");
    }

    [Fact]
    public void The_steps_that_tell_most_are_kept_of_a_long_incident()
    {
        Add(Enumerable.Range(0, 100).Select(i => Of($"p{i}.exe", minute: i / 10.0, probability: i % 10 == 0 ? 0.97 : 0.75)).ToArray());

        Assert.Equal((Incident.MaxMembers, 100 - Incident.MaxMembers), (Only.Members.Count, Only.LeftOut));
        Assert.Equal(10, Only.Members.Count(m => m.Signal.Probability > 0.9));
        Assert.Equal(Only.Members.OrderBy(m => m.Signal.Started), Only.Members);
    }

    [Fact]
    public void A_step_on_many_hosts_does_not_push_out_the_different_steps()
    {
        Add(Of("loader.exe", probability: 0.98), Of("weak.exe", minute: 1), Of("weaker.exe", minute: 2));
        var before = Only.Score;

        for (var i = 2; i < 100; i++)
            Add(Of("loader.exe", minute: 2 + (i / 10.0), probability: 0.98, host: $"ws-{i}", user: $"corp\\u{i}"));

        Assert.Equal((before, Incident.MaxMembers), (Only.Score, Only.Members.Count));
        Assert.Equal(3, Only.Members.Select(m => m.Signal.Step).Distinct().Count());
    }

    [Fact]
    public void The_order_in_which_partitions_are_read_does_not_change_what_belongs_together()
    {
        Signal[] signals =
        [
            Of("a.exe", guid: "{1}"), Of("b.exe", minute: 5, guid: "{2}", parentGuid: "{1}"), Of("c.exe", minute: 200, parentGuid: "{2}"),
            Of("d.exe", minute: 500, host: "ws-7"), Of("e.exe", minute: 520, host: "ws-7"),
        ];
        Add(signals);
        var expected = Members(_book);

        var other = new IncidentBook(new(), []);
        foreach (var signal in signals.Reverse()) other.Add(signal);

        Assert.Equal(expected, Members(other));
    }

    private static IEnumerable<string> Members(IncidentBook book) => book.All
        .Select(i => string.Join(' ', i.Members.Select(m => m.Signal.Process.Name)))
        .Order(StringComparer.Ordinal);

    private void Add(params Signal[] signals)
    {
        foreach (var signal in signals) _book.Add(signal);
    }
}
