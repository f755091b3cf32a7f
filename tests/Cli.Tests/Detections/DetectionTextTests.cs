using System.Text;
using Changeling.Cli.Detections;
using Changeling.Incidents;
using static Changeling.Cli.Tests.Detections.IncidentMessages;

namespace Changeling.Cli.Tests.Detections;

/// <summary>Messages in the order in which a hub gives them.</summary>
public sealed class DetectionTextTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly DetectionText _text;

    public DetectionTextTests()
    {
        var console = CliConsole.Plain(_output);
        _text = new DetectionText(console, Look.Of(console));
    }

    [Fact]
    public void An_update_with_a_new_step_shows_the_whole_tree_with_the_step_marked()
    {
        Show(Incident(1, Shell, Discovery), IncidentActivity.Create);

        var update = Show(Incident(2, Shell, Discovery, Dump), IncidentActivity.Update);

        Assert.Contains("incident update 2", update[0], StringComparison.Ordinal);
        Assert.Contains(update, line => line.StartsWith("new 11-03 07:28:25", StringComparison.Ordinal));
        Assert.Contains(update, line => line.StartsWith("    11-03 07:25:00", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_without_a_new_step_is_one_line()
    {
        Show(Incident(1, Shell, Discovery), IncidentActivity.Create);

        var line = Assert.Single(Show(Incident(2, Shell, Discovery with { Count = 9 }), IncidentActivity.Update));

        Assert.Contains("incident update 2", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_an_incident_is_one_line()
    {
        Show(Incident(1, Shell), IncidentActivity.Create);

        var line = Assert.Single(Show(Incident(2, Shell) with { Status = IncidentStatus.Closed }, IncidentActivity.Close));

        Assert.Equal($"11-03 07:35:00  critical incident closed, risk 97  {Id}", line);
    }

    [Fact]
    public void An_incident_that_is_joined_to_another_names_it()
    {
        var other = Guid.NewGuid();
        Show(Incident(1, Shell), IncidentActivity.Create);

        var line = Assert.Single(Show(Incident(2, Shell) with { JoinedTo = other }, IncidentActivity.Close));

        Assert.Contains($"joined to {other}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_of_an_incident_that_was_not_shown_is_shown_whole_with_nothing_marked()
    {
        var lines = Show(Incident(3, Shell, Discovery), IncidentActivity.Update);

        Assert.True(lines.Count > 5);
        Assert.DoesNotContain(lines, line => line.StartsWith("new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_arrives_again_is_shown_once()
    {
        Show(Incident(1, Shell), IncidentActivity.Create);
        Show(Incident(2, Shell, Dump), IncidentActivity.Update);

        Assert.Empty(Show(Incident(2, Shell, Dump), IncidentActivity.Update));
        Assert.Empty(Show(Incident(1, Shell), IncidentActivity.Create));
    }

    [Fact]
    public void Steps_of_a_thousand_incidents_are_remembered_and_no_more()
    {
        Show(Incident(1, Shell), IncidentActivity.Create);
        for (var i = 0; i < 1_000; i++) Show(Incident(1, Shell) with { Id = Guid.NewGuid() }, IncidentActivity.Create);

        Assert.NotEmpty(Show(Incident(1, Shell), IncidentActivity.Create));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1}")]
    [InlineData("""{"class_uid":2004,"severity":"\ud800"}""")]
    [InlineData("""{"unmapped":{"changeling":{"schema":"something else"}}}""")]
    public void Anything_else_is_left_to_the_caller(string body) => Assert.False(_text.TryShow(Encoding.UTF8.GetBytes(body)));

    public void Dispose() => _output.Dispose();

    private List<string> Show(Incident incident, IncidentActivity activity)
    {
        _output.GetStringBuilder().Clear();
        Assert.True(_text.TryShow(Write(incident, activity)));
        return [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
