using Changeling.Catalogues;
using Changeling.Incidents;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The sentences about an incident, as an analyst reads them aloud.</summary>
public class StoryTests
{
    private static readonly Story Story = new(AttackNames.Of("19.1"));

    private static Incident TwoHosts => GoldenIncidents.All["two-hosts"].Incident;

    [Fact]
    public void The_headline_says_how_much_where_by_whom_and_how_it_began() => Assert.Equal(
        @"5 suspicious steps on ws-0417.corp.example and srv-files-02.corp.example by CORP\alice.meyer within 9 minutes,"
            + " beginning with powershell.exe started by winword.exe.",
        Story.Headline(TwoHosts, IncidentActivity.Update));

    [Fact]
    public void The_story_tells_the_steps_in_order_of_time_and_a_host_and_an_account_only_where_they_change() => Assert.Equal(
        """
        On 3 November 2026 at 09:14:27 UTC, winword.exe started powershell.exe on ws-0417.corp.example as CORP\alice.meyer (PowerShell).
        27 seconds later, powershell.exe started whoami.exe (whoami with /all).
        8 seconds later, powershell.exe started net.exe 3 times (Domain Account).
        3 minutes later, powershell.exe started rundll32.exe (LSASS Memory, Rundll32).
        6 minutes later, wmiprvse.exe started cmd.exe on srv-files-02.corp.example as CORP\alice.meyer (Windows Management Instrumentation).
        Together they are worse than each alone: 5 different steps, 2 of them too weak for any rule,
        with 4 tactics (Execution, Discovery, Credential Access and Stealth) on 2 hosts within 9 minutes.
        A finding about many launches on its hosts or accounts supports it.
        """.ReplaceLineEndings(" "),
        Story.Tell(TwoHosts));

    [Fact]
    public void An_incident_of_one_step_does_not_speak_of_parts()
    {
        var one = GoldenIncidents.All["one-finding"].Incident;

        Assert.Equal(
            @"1 suspicious step on ws-0417.corp.example by CORP\alice.meyer: rundll32.exe started by powershell.exe.",
            Story.Headline(one, IncidentActivity.Create));
        Assert.Equal("This one step is reason enough: its risk is 81 of 100.", Story.Why(one));
    }

    [Fact]
    public void At_most_eight_steps_are_told_the_first_and_the_most_telling_and_the_others_are_counted()
    {
        var many = GoldenIncidents.Many(20, 5, n => $"text {n}");
        var told = Story.Tell(many);

        Assert.Equal(Story.MaxSteps, many.Members.Count(m => told.Contains($" started {m.Signal.Process.Name}", StringComparison.Ordinal)));
        Assert.Contains(" started step-0.exe", told, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(13, 7), n => Assert.Contains($" started step-{n}.exe", told, StringComparison.Ordinal));
        Assert.Contains($" And {20 - Story.MaxSteps + many.LeftOut} more steps. Together ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void One_step_on_several_hosts_is_one_step()
    {
        var member = TwoHosts.Members[4];
        var spread = TwoHosts with
        {
            Members = [.. Enumerable.Range(1, 4).Select(n => member with { Signal = member.Signal with { Host = $"srv-{n}" } })],
            Clusters = [],
        };

        Assert.Equal(
            $"This one step is reason enough: its risk is {spread.Risk} of 100. It was seen on 4 hosts, and counts once.",
            Story.Why(spread));
        Assert.StartsWith(
            @"4 suspicious steps on srv-1, srv-2 and 2 more by CORP\alice.meyer, beginning",
            Story.Headline(spread, IncidentActivity.Create),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_of_Windows_are_named_only_where_there_is_no_other()
    {
        var weak = GoldenIncidents.All["weak-steps"].Incident;

        Assert.Contains(@" by CORP\alice.meyer within", Story.Headline(weak, IncidentActivity.Create), StringComparison.Ordinal);
        Assert.Contains(
            @" by NT AUTHORITY\SYSTEM:", Story.Headline(weak with { Members = [weak.Members[2]] }, IncidentActivity.Create),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_is_said_so_or_left_out() => Assert.Equal(
        "On 3 November 2026 at 09:14:27 UTC, an unknown process started a.exe twice on ws-1. At the same time, a.exe started b.exe."
            + " Together they are worse than each alone: 2 different steps, 1 of them too weak for any rule.",
        Story.Tell(GoldenIncidents.All["nothing-but-names"].Incident));

    [Fact]
    public void A_closed_incident_says_why_and_a_joined_one_which_has_its_steps()
    {
        var joined = GoldenIncidents.All["joined"].Incident;

        Assert.Equal(
            "No new step since 3 November 2026 at 09:23:56 UTC. Closing is not a review.", Story.Ending(TwoHosts, IncidentActivity.Close));
        Assert.Equal($"Joined to incident {joined.JoinedTo}, which contains its steps.", Story.Ending(joined, IncidentActivity.Close));
        Assert.Null(Story.Ending(TwoHosts, IncidentActivity.Update));
        Assert.StartsWith("Closed: 5 suspicious steps", Story.Headline(TwoHosts, IncidentActivity.Close), StringComparison.Ordinal);
        Assert.StartsWith(
            "Joined to another incident: 3 suspicious steps", Story.Headline(joined, IncidentActivity.Close), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_end_is_cut()
    {
        var name = new string('x', 5_000);
        var incident = GoldenIncidents.Many(20, 5_000, _ => name);

        Assert.InRange(Story.Tell(incident).Length, 100, (Story.MaxSteps * 6 * Story.MaxName) + 1_000);
        Assert.DoesNotContain(new string('x', Story.MaxName), Story.Tell(incident), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, "At the same time")]
    [InlineData(1, "1 second later")]
    [InlineData(89, "89 seconds later")]
    [InlineData(90, "2 minutes later")]
    [InlineData(3_600, "60 minutes later")]
    [InlineData(5_400, "2 hours later")]
    [InlineData(200_000, "2 days later")]
    public void Times_between_steps_are_in_the_largest_unit_that_fits(double seconds, string said)
    {
        var second = TwoHosts.Members[1];
        var later = second with { Signal = second.Signal with { Started = TwoHosts.Begin.AddSeconds(seconds) } };

        Assert.Contains(
            $". {said}, powershell.exe started whoami.exe", Story.Tell(TwoHosts with { Members = [TwoHosts.Members[0], later] }),
            StringComparison.Ordinal);
    }
}
