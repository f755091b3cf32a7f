using Changeling.Incidents;
using static Changeling.Core.Tests.Incidents.SomeSignal;

namespace Changeling.Core.Tests.Incidents;

public class IncidentLifeTests
{
    private const double Threshold = 0.5;

    private readonly IncidentBook _book = new(new(), []);

    [Fact]
    public void A_doubtful_step_is_watched_and_sends_nothing()
    {
        _book.Add(Of("a.exe"));

        Assert.Empty(Sent(0));
        Assert.Equal(IncidentStatus.Watched, Assert.Single(_book.All).Status);
    }

    [Fact]
    public void The_step_that_makes_the_whole_worth_it_creates_the_incident_with_all_that_was_watched()
    {
        string[] names = ["a.exe", "b.exe", "c.exe", "d.exe"];
        for (var i = 0; i < names.Length; i++) _book.Add(Of(names[i], minute: i));

        var (incident, activity) = Assert.Single(Sent(5));

        Assert.Equal((IncidentActivity.Create, 4, 1), (activity, incident.Members.Count, incident.Revision));
    }

    [Fact]
    public void An_incident_that_grows_is_sent_at_most_every_15_minutes()
    {
        _book.Add(Of("a.exe", probability: Certain));
        Sent(0);
        _book.Add(Of("b.exe", minute: 1));

        Assert.Empty(Sent(5));
        Assert.Empty(Sent(14));
        Assert.Equal((IncidentActivity.Update, 2), (Assert.Single(Sent(15)).Activity, Assert.Single(_book.All).Revision));
        Assert.Empty(Sent(40));
    }

    [Fact]
    public void An_incident_is_closed_after_two_quiet_hours_and_forgotten_a_day_later()
    {
        _book.Add(Of("a.exe", probability: Certain));
        Sent(0);

        Assert.Empty(Sent(119));
        Assert.Equal(IncidentActivity.Close, Assert.Single(Sent(120)).Activity);
        Assert.Empty(Sent(24 * 60 - 1));
        Assert.Single(_book.All);
        Assert.Empty(Sent(24 * 60));
        Assert.Empty(_book.All);
    }

    [Fact]
    public void A_late_step_of_a_closed_incident_is_sent_with_it()
    {
        _book.Add(Of("a.exe", probability: Certain, guid: "{1}"));
        Sent(0);
        Sent(120);

        _book.Add(Of("b.exe", minute: 3, parentGuid: "{1}"));
        var (late, closed) = Assert.Single(Sent(130));
        _book.Add(Of("c.exe", minute: 200, parentGuid: "{1}"));
        var (growing, update) = Assert.Single(Sent(201));

        Assert.Equal((2, IncidentActivity.Close), (late.Members.Count, closed));
        Assert.Equal((3, IncidentActivity.Update, IncidentStatus.Open), (growing.Members.Count, update, growing.Status));
    }

    [Fact]
    public void A_task_that_repeats_all_day_sends_nothing_but_the_end()
    {
        _book.Add(Of("a.exe", probability: Certain));
        Sent(0);

        var sent = new List<(int Minute, IncidentActivity Activity)>();
        for (var minute = 10; minute < 20 * 60; minute += 10)
        {
            _book.Add(Of("a.exe", minute: minute, probability: Certain));
            sent.AddRange(Sent(minute).Select(s => (minute, s.Activity)));
        }

        Assert.Equal([(120, IncidentActivity.Close)], sent);
        Assert.Equal(120, Assert.Single(_book.All).Members[0].Count);
    }

    [Fact]
    public void What_was_seen_while_the_deployment_learned_is_an_alert_only_when_something_new_follows()
    {
        _book.Add(Of("a.exe", probability: Certain, isNote: true));
        Sent(0);

        _book.Add(Of("a.exe", minute: 20, probability: Certain));
        Assert.Empty(Sent(20));
        Assert.True(Assert.Single(_book.All).IsNote);
        _book.Add(Of("b.exe", minute: 30));

        Assert.False(Assert.Single(Sent(30)).Incident.IsNote);
    }

    [Fact]
    public void At_most_sixty_incidents_are_created_in_an_hour_and_the_worst_come_first()
    {
        for (var i = 0; i < 100; i++)
            _book.Add(Of($"p{i}.exe", probability: i < 60 ? Certain : 0.98, host: $"ws-{i}", user: $"corp\\u{i}"));

        var first = Sent(1);

        Assert.Equal(60, first.Count);
        Assert.All(first, sent => Assert.True(sent.Incident.Members[0].Signal.Probability >= Certain));
        Assert.Empty(Sent(30));
        Assert.Equal(40, Sent(62).Count(s => s.Activity == IncidentActivity.Create));
    }

    private List<(Incident Incident, IncidentActivity Activity)> Sent(double minute)
    {
        var changes = IncidentLife.Due(_book, Start.AddMinutes(minute), Threshold).ToList();
        foreach (var change in changes)
        {
            if (change.Activity is null) _book.Remove(change.Incident);
            else _book.Put(change.Incident);
        }

        return changes.Where(c => c.Activity is not null).Select(c => (c.Incident, c.Activity!.Value)).ToList();
    }
}
