using System.Text;
using System.Text.Json;
using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Catalogues;
using Changeling.Findings;
using Changeling.Incidents;

namespace Changeling.Backtest.Tests;

/// <summary>What a backtest keeps of incidents, from the outcomes of single runs.</summary>
public sealed class GatheredIncidentsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly GatheredIncidents _gathered = new(
        TruthOf(("one", "a"), ("one", "b"), ("two", "c"), (null, "look-alike")), AttackNames.Newest);
    private readonly HashSet<TruthStep> _alertable = [];

    private IReadOnlyList<Alert> Alerts => _gathered.Alerts(_alertable);

    private IncidentCandidate Candidate => Assert.Single(_gathered.Candidates);

    [Fact]
    public void An_incident_is_an_alert_at_the_thresholds_that_it_reached_and_from_then_on()
    {
        Run(0, Of(1, 0.2, Launch("a")));
        Run(5, Of(1, 0.6, Launch("a"), Launch("x")));
        Run(10, Of(1, 0.4, Launch("a")));

        Assert.Equal(
            (Start, Start.AddMinutes(5), null), (Candidate.ReachedAt(0.2), Candidate.ReachedAt(0.21), Candidate.ReachedAt(0.61)));
        Assert.Empty(Alerts);
    }

    [Fact]
    public void What_was_seen_while_the_deployment_learnt_is_no_alert_until_something_is_added()
    {
        var note = Sent(Of(1, 0.8, Launch("a", isNote: true)));
        Run(0, [note], new SentIncident(note, IncidentActivity.Create, IsAlert: false));
        Assert.Empty(_gathered.Candidates);
        Assert.Single(_gathered.Notes);

        var grown = note with { Members = [.. note.Members, Member(Launch("x"))], Score = 0.9 };
        Run(30, [grown], new SentIncident(grown, IncidentActivity.Update, IsAlert: true));

        Assert.Empty(_gathered.Notes);
        Assert.Equal(Start.AddMinutes(30), Assert.Single(Alerts).Clock);
        Assert.Equal(Start.AddMinutes(30), Candidate.ReachedAt(0.5));
    }

    [Fact]
    public void An_incident_that_became_a_part_of_another_counts_as_that_one()
    {
        var (first, second) = (Sent(Of(1, 0.55, Launch("a"))), Sent(Of(2, 0.7, Launch("c"))));
        Run(0, [first], new SentIncident(first, IncidentActivity.Create, IsAlert: true));
        Run(5, [second], new SentIncident(second, IncidentActivity.Create, IsAlert: true));
        Run(10, Of(3, 0.3, Launch("look-alike")));

        var whole = first with { Members = [.. first.Members, .. second.Members], Score = 0.9 };
        var joined = second with { JoinedTo = first.Id };
        Run(
            15,
            [whole, Of(3, 0.3, Launch("look-alike")) with { JoinedTo = second.Id }, joined],
            new SentIncident(joined, IncidentActivity.Close, IsAlert: true));

        var alert = Assert.Single(Alerts);
        Assert.Equal((first.Id.ToString(), Start), (alert.Report.Uid, alert.Clock));
        Assert.Equal(["one", "two"], alert.Chains);
        Assert.Equal((Start, Start.AddMinutes(5)), (alert.FoundAt("one"), alert.FoundAt("two")));
        Assert.Equal((2, 1), (Candidate.Steps, Candidate.LookAlikes));
        Assert.Equal((Start, Start.AddMinutes(5)), (Candidate.ReachedAt(0.5), Candidate.ReachedAt(0.6)));
    }

    [Fact]
    public void An_attack_is_found_when_people_first_see_a_step_of_it()
    {
        var incident = Sent(Of(1, 0.6, Launch("x")));
        Run(0, [incident], new SentIncident(incident, IncidentActivity.Create, IsAlert: true));
        var grown = incident with { Members = [.. incident.Members, Member(Launch("a"))], Score = 0.8 };
        Run(5, grown);

        Run(15, [grown], new SentIncident(grown, IncidentActivity.Update, IsAlert: true));

        Assert.Equal(Start.AddMinutes(15), Assert.Single(Alerts).FoundAt("one"));
        Assert.Equal("one", Alerts[0].Report.Chain);
    }

    [Fact]
    public void A_launch_that_repeats_a_step_is_held_by_the_incident()
    {
        var first = Launch("x", step: "same");
        var incident = Sent(Of(1, 0.6, first));
        Run(0, [incident], new SentIncident(incident, IncidentActivity.Create, IsAlert: true));
        var repeat = Launch("b", minute: 5, step: "same", isFinding: true);
        var repeated = incident with { Members = [incident.Members[0] with { Count = 2, LastTime = repeat.Time }] };

        _gathered.Add(
            new(1, 0, 1, [new SentIncident(repeated, IncidentActivity.Update, true)], [repeated]), [repeat, Launch("c", step: "other")],
            Start.AddMinutes(15), Start.AddMinutes(15));

        Assert.Equal(["one"], Assert.Single(Alerts).Chains);
        Assert.Contains(repeat.Uid.ToString(), _gathered.AlertedFindings);
    }

    [Fact]
    public void The_share_is_of_the_steps_that_were_reported()
    {
        var truth = TruthOf(("one", "a"), ("one", "b"), ("one", "c"), ("one", "d"));
        var gathered = new GatheredIncidents(truth, AttackNames.Newest);
        var incident = Sent(Of(1, 0.9, Launch("a"), Launch("b"), Launch("d")));
        gathered.Add(
            new(3, 0, 1, [new SentIncident(incident, IncidentActivity.Create, true)], [incident]),
            [.. incident.Members.Select(m => m.Signal)], Start, Start);

        var alert = Assert.Single(gathered.Alerts(truth.Steps.Take(3).ToHashSet()));

        var chain = Assert.Single(alert.Report.Incident!.Chains!);
        Assert.Equal((3, 2, 3, 0.6667), (chain.Steps, chain.Findings, chain.FindingsOfChain, chain.Share));
    }

    [Fact]
    public void A_run_that_goes_on_has_all_of_it()
    {
        var incident = Sent(Of(1, 0.6, Launch("a")));
        Run(0, [incident], new SentIncident(incident, IncidentActivity.Create, IsAlert: true));
        Run(5, Of(2, 0.2, Launch("look-alike")));
        var other = new GatheredIncidents(TruthOf(("one", "a"), (null, "look-alike")), AttackNames.Newest);

        other.TakeOver(_gathered.State);

        Assert.Equal(JsonSerializer.Serialize(_gathered.State), JsonSerializer.Serialize(other.State));
        Assert.Equal(Alerts.Select(a => a.FoundAt("one")), other.Alerts(_alertable).Select(a => a.FoundAt("one")));
    }

    private void Run(int minute, Incident incident) => Run(minute, [incident]);

    /// <summary>One run: every step of the incidents is read in it.</summary>
    private void Run(int minute, IReadOnlyList<Incident> changed, params SentIncident[] sent) => _gathered.Add(
        new(changed.Count, 1, 0, sent, changed), [.. changed.SelectMany(i => i.Members).Select(m => m.Signal)], Start.AddMinutes(minute),
        Start.AddMinutes(minute));

    private static Incident Of(int number, double score, params Signal[] launches) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Members = [.. launches.Select(Member)],
        Score = score,
    };

    private static Incident Sent(Incident incident) =>
        incident with { Status = IncidentStatus.Open, Created = Start, Sent = Start, Revision = 1 };

    private static IncidentMember Member(Signal signal) => new(signal, 1, signal.Time, 0.5);

    private static Signal Launch(string identity, int minute = 0, string? step = null, bool isNote = false, bool isFinding = false) => new()
    {
        Uid = DetectionId.Of(identity),
        Time = Start.AddMinutes(minute),
        Started = Start.AddMinutes(minute),
        Host = "ws-1",
        Process = new("certutil.exe"),
        Ancestors = [new("winword.exe")],
        Step = step ?? identity,
        Probability = 0.9,
        IsNote = isNote,
        Rules = isFinding ? [new("rule", "Rule")] : [],
    };

    private static Truth TruthOf(params (string? Chain, string Identity)[] steps) =>
        Truth.Read("truth.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', steps.Select(s => LineOf(s.Chain, s.Identity)))));

    private static string LineOf(string? chain, string identity) =>
        JsonSerializer.Serialize(new { identity, time = Start, chain, label = chain is null ? 0 : 1 });
}
