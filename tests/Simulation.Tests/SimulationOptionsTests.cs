namespace Changeling.Simulation.Tests;

public class SimulationOptionsTests
{
    [Fact]
    public void The_defaults_have_no_problem() => Assert.Null(new SimulationOptions().FindProblem());

    [Theory]
    [InlineData(0, 24, 1, "winlogbeat", "hosts")]
    [InlineData(40, 0, 0, "winlogbeat", "hours")]
    [InlineData(40, 24, -1, "winlogbeat", "attacks")]
    [InlineData(40, 8, 1, "winlogbeat", "hour 8")]
    [InlineData(40, 24, 1, "syslog", "winlogbeat")]
    public void What_cannot_be_is_said_in_one_sentence(int hosts, int hours, int attacks, string format, string word)
    {
        var options = new SimulationOptions { Hosts = hosts, Hours = hours, Attacks = attacks, Format = format };

        var problem = options.FindProblem();

        Assert.Contains(word, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FleetSimulator.Run(options));
    }
}
