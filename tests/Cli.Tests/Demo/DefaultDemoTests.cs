using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Cli.Detections;
using Changeling.Findings;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Cli.Tests.Demo;

public sealed partial class DefaultDemoTests(DefaultDemo demo) : IClassFixture<DefaultDemo>
{
    [Fact]
    public void It_succeeds()
    {
        demo.Outcome.Succeeded();
        Assert.Empty(demo.Outcome.Errors);
    }

    [Fact]
    public void One_attack_is_one_incident_that_is_an_alert_with_its_steps_in_their_order()
    {
        var attack = demo.Truth.Select(Id).ToList();

        var incident = Assert.Single(Alerts(), i => i.Steps.Any(s => attack.Contains(s.Uid!)));

        var found = incident.Steps.Select(s => s.Uid!).Where(attack.Contains).ToList();
        Assert.Equal(attack.Where(found.Contains), found);
        Assert.InRange(found.Count, attack.Count * 7 / 10, attack.Count);
    }

    [Fact]
    public void At_most_one_alert_is_on_anything_else()
    {
        var attack = demo.Truth.Select(Id).ToList();

        Assert.InRange(Alerts().Count(i => !i.Steps.Any(s => attack.Contains(s.Uid!))), 0, 1);
        Assert.DoesNotContain(Findings(), f => f.IsAlert);
    }

    [Fact]
    public void It_ends_with_what_it_found_what_it_missed_and_what_to_run_next()
    {
        var attack = demo.Truth.Select(Id).ToList();
        var found = Alerts().SelectMany(i => i.Steps).Count(s => attack.Contains(s.Uid!));
        var lines = demo.Outcome.Output.Split('\n');

        Assert.Contains(lines, line => line.StartsWith(
            $"attack 1-web-shell: {found} of {attack.Count} steps in one incident, in their order", StringComparison.Ordinal));
        Assert.Equal((found, attack.Count - found), (lines.Count(FoundStep().IsMatch), lines.Count(MissedStep().IsMatch)));
        Assert.Contains("what to run next:", lines);
    }

    [Fact]
    public void The_incident_stands_there_as_a_tree()
    {
        var incident = Alerts()[0];
        var lines = demo.Outcome.Output.Split('\n');

        var head = $"{incident.Start:MM-dd HH:mm:ss}  {incident.Severity.ToLowerInvariant()} incident";

        Assert.Contains(
            lines, line => line.StartsWith(head, StringComparison.Ordinal) && line.EndsWith(incident.Id, StringComparison.Ordinal));
        Assert.All(incident.Steps, step => Assert.Contains(
            lines,
            line => line.StartsWith($"    {step.Time:MM-dd HH:mm:ss}  {step.Severity.ToLowerInvariant()}", StringComparison.Ordinal)));
        Assert.All(Incidents().Where(i => !i.IsAlert), other => Assert.Single(lines, line => line.StartsWith(
            $"{other.Start:MM-dd HH:mm:ss}  {other.Severity.ToLowerInvariant()} incident", StringComparison.Ordinal)));
    }

    [Fact]
    public void Incidents_that_are_no_alerts_have_one_line()
    {
        var lines = demo.Outcome.Output.Split('\n');

        Assert.All(Incidents().Where(i => !i.IsAlert), incident =>
        {
            Assert.Single(lines, line => line.EndsWith(incident.Id, StringComparison.Ordinal));
            Assert.DoesNotContain(
                lines, line => line.StartsWith($"    {incident.Steps.First().Time:MM-dd HH:mm:ss}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Findings_in_no_incident_are_one_line_each_with_the_rule_that_leads()
    {
        var incident = Incidents().SelectMany(i => i.Steps).Select(s => s.Uid).ToHashSet();
        var lines = demo.Outcome.Output.Split('\n').Where(line => FindingLine().IsMatch(line)).ToList();

        var others = Findings().Where(f => f.Cluster is null && !incident.Contains(f.Id)).ToList();

        Assert.Equal(lines.Select(line => line[..14]).Order(StringComparer.Ordinal), lines.Select(line => line[..14]));
        Assert.All(others, finding => Assert.Contains(lines, line =>
            line.StartsWith($"{finding.Time:MM-dd HH:mm:ss}  {finding.Severity.ToLowerInvariant()}", StringComparison.Ordinal)
            && line.Contains($"  {finding.Parent} -> ", StringComparison.Ordinal)
            && line.Contains($" | {finding.Rules[0].Title}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_the_app_emitted_is_valid_by_the_published_schemas_and_by_OCSF()
    {
        var byClass = demo.Detections.ToLookup(d => d.GetProperty("class_uid").GetInt32(), d => d.GetRawText());

        Assert.Equal([2004, 2005], byClass.Select(c => c.Key).Order());
        Assert.Empty(await DetectionSchema.FaultsAsync(byClass[2004], TestContext.Current.CancellationToken));
        Assert.Empty(await DetectionSchema.IncidentFaultsAsync(byClass[2005], TestContext.Current.CancellationToken));
        Assert.All(demo.Detections, detection => Assert.Empty(OcsfFacts.Version180.Faults(detection)));
    }

    [Fact]
    public void The_detection_that_ships_as_a_sample_is_among_them()
    {
        var sample = File.ReadAllText(RepositoryRoot.Combine("samples", "detection.json")).Trim();

        Assert.Contains(FindingView.TryRead(JsonDocument.Parse(sample).RootElement)!.Id, Findings().Select(f => f.Id));
    }

    [Fact]
    public void The_incident_that_ships_as_a_sample_is_among_them()
    {
        static string? IdOf(JsonElement message) => message.GetProperty("metadata").GetProperty("correlation_uid").GetString();
        var sample = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("samples", "incident.json"))).RootElement;

        Assert.Contains(IdOf(sample), demo.Detections.Where(d => d.GetProperty("class_uid").GetInt32() == 2005).Select(IdOf));
    }

    [Fact]
    public void What_is_no_terminal_gets_no_escape_sequence_and_no_long_line()
    {
        Assert.NotEmpty(demo.Outcome.Output);
        Assert.DoesNotContain('\u001b', demo.Outcome.Output);
        Assert.All(demo.Outcome.Output, unit => Assert.InRange(unit, '\n', '~'));
        Assert.All(demo.Outcome.Output.Split('\n').Skip(2), line => Assert.InRange(line.Length, 0, Look.PipeWidth));
    }

    [Fact]
    public void Nothing_that_it_started_still_runs() => Assert.Empty(demo.LeftBehind);

    [GeneratedRegex(@"^\d\d-\d\d \d\d:\d\d:\d\d  (low|medium|high|critical) {2,}")]
    private static partial Regex FindingLine();

    [GeneratedRegex(@"^  [*+] \d\d:\d\d:\d\d  found   \S")]
    private static partial Regex FoundStep();

    [GeneratedRegex(@"^    \d\d:\d\d:\d\d  missed  .+: .+")]
    private static partial Regex MissedStep();

    /// <summary>The id of the finding on a step of the attack.</summary>
    private static string Id(JsonElement step) => DetectionId.Of(step.GetProperty("identity").GetString()!).ToString();

    private List<IncidentView> Alerts() => [.. Incidents().Where(i => i.IsAlert)];

    /// <summary>The last message about each incident.</summary>
    private List<IncidentView> Incidents() =>
        [.. demo.Detections.Select(IncidentView.TryRead).OfType<IncidentView>()
            .GroupBy(i => i.Id).Select(messages => messages.MaxBy(i => i.Revision)!).Where(i => i.JoinedTo is null)];

    private List<FindingView> Findings() => [.. demo.Detections.Select(FindingView.TryRead).OfType<FindingView>()];
}
