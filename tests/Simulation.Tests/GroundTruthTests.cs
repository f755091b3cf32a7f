using System.Text.Json;

namespace Changeling.Simulation.Tests;

public class GroundTruthTests
{
    [Fact]
    public void There_is_one_line_for_each_step_with_the_identity_that_a_reader_makes()
    {
        var steps = Fleets.Attacked.Where(e => e.Attack is not null).ToList();

        var lines = GroundTruth.Lines(Fleets.Attacked).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(steps.Select(e => e.Event.SourceIdentity), lines.Select(line => line.GetProperty("identity").GetString()));
        Assert.Equal(steps.Select(e => e.Attack!.Technique), lines.Select(line => line.GetProperty("technique").GetString()));
        Assert.All(lines, line => Assert.Equal(
            ["time", "host", "chain", "step", "technique", "parent", "child", "command_line", "identity", "label", "dataset", "weak"],
            line.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public void Without_attacks_there_is_nothing_to_tell() => Assert.Empty(GroundTruth.Lines(Fleets.Quiet));
}
