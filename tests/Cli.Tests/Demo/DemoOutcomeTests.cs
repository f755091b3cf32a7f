using System.Globalization;
using Changeling.Cli.Demo;
using Changeling.Cli.Detections;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>What a demo says it found of each attack, and what it missed.</summary>
public sealed class DemoOutcomeTests
{
    private static readonly AttackTruth[] Attack =
        [Truth("1-shell", 0, "cmd.exe"), Truth("1-shell", 1, "whoami.exe"), Truth("1-shell", 2, "net.exe", "net evil")];

    [Fact]
    public void An_attack_is_found_as_the_incident_that_holds_its_steps_in_their_order()
    {
        var outcome = new DemoOutcome([Incident("a", 1, Step(0, "cmd.exe"), Step(1, "whoami.exe"))], [], Attack);

        var attack = Assert.Single(outcome.Attacks);
        Assert.Equal(["a"], attack.Incidents.Select(i => i.Id));
        Assert.Equal((2, true, 0), (attack.Found, attack.IsInOrder, outcome.OtherAlerts));
        Assert.Equal([true, true, false], attack.Steps.Select(s => s.Found is not null));
    }

    [Fact]
    public void Steps_with_other_times_in_the_incident_are_not_in_their_order() => Assert.False(
        new DemoOutcome(
            [Incident("a", 1, Step(0, "cmd.exe") with { Time = Some.Time.AddHours(1) }, Step(1, "whoami.exe"))], [], Attack)
            .Attacks[0].IsInOrder);

    [Fact]
    public void Only_the_last_message_of_an_incident_counts_and_one_that_was_joined_to_another_does_not()
    {
        var outcome = new DemoOutcome(
            [
                Incident("a", 2, Step(0, "cmd.exe"), Step(1, "whoami.exe")),
                Incident("a", 1, Step(0, "cmd.exe")),
                Incident("b", 2, Step(2, "net.exe")) with { JoinedTo = "a", IsClosed = true },
            ],
            [],
            Attack);

        Assert.Equal(("a", 2), (Assert.Single(outcome.Incidents).Id, outcome.Attacks[0].Found));
    }

    [Fact]
    public void Incidents_and_findings_without_a_step_of_an_attack_are_other_alerts_if_they_are_alerts()
    {
        var outcome = new DemoOutcome(
            [
                Incident("a", 1, Step(0, "cmd.exe")),
                Incident("b", 1, Step(7, "backup.exe")),
                Incident("c", 1, Step(8, "backup.exe")) with { IsAlert = false },
            ],
            [Finding(1, isAlert: true), Finding(9, isAlert: true), Finding(10, isAlert: false)],
            Attack);

        Assert.Equal(2, outcome.OtherAlerts);
    }

    [Fact]
    public void Findings_in_no_incident_are_listed()
    {
        var outcome = new DemoOutcome([Incident("a", 1, Step(0, "cmd.exe"))], [Finding(0, false), Finding(5, false)], Attack);

        Assert.Equal([Id(5)], outcome.Elsewhere.Select(f => f.Id));
    }

    [Fact]
    public void A_finding_of_a_cluster_rule_is_in_the_incident_that_names_it()
    {
        var cluster = new ShownCluster("by-host", "ws-1", Start);
        var found = Finding(5, false) with { Cluster = cluster };

        var outcome = new DemoOutcome(
            [Incident("a", 1, Step(0, "cmd.exe")) with { Clusters = [cluster] }],
            [found, found with { Id = "x", Cluster = cluster with { Window = Start.AddMinutes(10) } }],
            Attack);

        Assert.Equal(["x"], outcome.Elsewhere.Select(f => f.Id));
    }

    [Fact]
    public void Launches_of_an_incident_that_are_no_steps_of_any_attack_are_counted()
    {
        var outcome = new DemoOutcome(
            [Incident("a", 1, Step(0, "cmd.exe"), Step(5, "evil.exe"), Step(9, "backup.exe"))],
            [],
            [.. Attack, Truth("2-other", 5, "evil.exe")]);

        Assert.Equal([1, 1], outcome.Attacks.Select(a => a.Others));
    }

    [Fact]
    public void A_step_in_an_incident_that_is_no_alert_is_missed_and_the_summary_says_so()
    {
        var outcome = new DemoOutcome([Incident("a", 1, Step(0, "cmd.exe")) with { IsAlert = false }], [Finding(0, false)], Attack);

        Assert.Equal(0, outcome.Attacks[0].Found);
        Assert.Contains(
            "    09:00:00  missed  cmd.exe: in an incident that is no alert, because the app was still learning", Lines(outcome, 200));
    }

    [Fact]
    public void A_launch_that_counts_as_a_repetition_of_an_earlier_one_is_found()
    {
        var steps = new[] { Truth("1-shell", 0, "cmd.exe"), Truth("1-shell", 1, "cmd.exe"), Truth("1-shell", 2, "cmd.exe", host: "ws-2") };

        var outcome = new DemoOutcome([Incident("a", 1, Step(0, "cmd.exe") with { Count = 2 })], [], steps);

        Assert.Equal([false, true], outcome.Attacks[0].Steps.Take(2).Select(s => s.IsRepetition));
        Assert.Equal(2, outcome.Attacks[0].Found);
    }

    [Fact]
    public void The_summary_marks_what_was_found_and_says_why_the_rest_was_missed()
    {
        var outcome = new DemoOutcome(
            [Incident("a", 1, Step(0, "cmd.exe") with { Rules = ["Rule"] }, Step(1, "whoami.exe"))],
            [],
            [.. Attack, Truth("1-shell", 3, "reg.exe")]);

        Assert.Equal(
            [
                "attack 1-shell: 2 of 4 steps in one incident, in their order",
                "  * 09:00:00  found   cmd.exe",
                "  + 09:00:01  found   whoami.exe",
                "    09:00:02  missed  net evil: rated 0.97 by the model (threshold 0.50), but no rule reported it",
                "    09:00:03  missed  reg.exe: rated 0.02 by the model (threshold 0.50)",
                "alerts on anything else: 0",
                "what to run next:",
            ],
            Lines(outcome, 200).Take(7));
    }

    [Fact]
    public void No_line_of_the_summary_is_wider_than_asked_for()
    {
        var text = new string('x', 40_000);
        var steps = new[] { Truth("1-shell", 0, "cmd.exe", $"cmd.exe {text}"), Truth("1-shell", 1, "evil.exe", $"evil.exe {text}") };

        var lines = Lines(new DemoOutcome([Incident("a", 1, Step(0, "cmd.exe"))], [], steps), 80);

        Assert.Equal(80, lines[1].Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    private static string[] Lines(DemoOutcome outcome, int width)
    {
        using var output = new StringWriter();
        var console = CliConsole.Plain(output);
        new DemoSummary(console, Look.Of(console, width), new WordModel()).Show(outcome);
        return output.ToString().TrimEnd().Split('\n');
    }

    private static AttackTruth Truth(string chain, int number, string child, string? commandLine = null, string host = "ws-1") => new(
        chain,
        null,
        Some.ProcessEvent(
            child: child, commandLine: commandLine, host: host, time: Start.AddSeconds(number), identity: $"test|{number}"),
        "");

    private static DateTimeOffset Start => new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private static string Id(int number) =>
        Changeling.Findings.DetectionId.Of(string.Create(CultureInfo.InvariantCulture, $"test|{number}")).ToString();

    private static ShownProcess Step(int number, string name) =>
        new() { Uid = Id(number), Host = "ws-1", Name = name, IsStep = true, Time = Start.AddSeconds(number) };

    private static FindingView Finding(int number, bool isAlert) => new() { Id = Id(number), IsAlert = isAlert, Time = Start };

    private static IncidentView Incident(string id, int revision, params ShownProcess[] steps) =>
        new() { Id = id, Revision = revision, IsAlert = true, Processes = steps };
}
