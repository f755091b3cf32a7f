using Changeling.Operations;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>A clock that stands in the future, and a hub that was made anew: what is lost is counted, and can be fetched again.</summary>
public class ClockAheadTests
{
    [Fact]
    public async Task Messages_that_no_hub_can_still_hold_are_counted_and_come_in_after_a_reset()
    {
        var bench = new PipelineBench();
        await bench.ProcessAsync([.. Enumerable.Range(0, 100).Select(i => Message(i, Record("a.exe", "x.exe"), Some.Time))]);
        await bench.ProcessAsync(Message(100, Record("a.exe", "x.exe"), Some.Time.AddDays(400)));
        var anew = Enumerable.Range(0, 50).Select(i => Message(i, Record("a.exe", "y.exe"), Some.Time.AddHours(1))).ToArray();

        var lost = await bench.ProcessAsync(anew);
        await new BaselineReset(bench.Store).RunAsync(
            new("default", PipelineBench.Partition), entirely: true, null, TestContext.Current.CancellationToken);
        bench.Restart();
        var found = await bench.ProcessAsync(anew);

        Assert.Equal((50, 50, 0), (lost.Replayed, lost.ImplausibleReplays, lost.Scored));
        Assert.Equal((0, 0, 50), (found.Replayed, found.ImplausibleReplays, found.Scored));
    }

    [Fact]
    public async Task A_replay_of_this_quarter_is_plausible()
    {
        var bench = new PipelineBench();
        var (old, late) = (Message(1, Record("a.exe", "x.exe"), Some.Time), Message(2, Record("a.exe", "x.exe"), Some.Time.AddDays(89)));
        await bench.ProcessAsync(old, late);

        var again = await bench.ProcessAsync(old, late);

        Assert.Equal((2, 0), (again.Replayed, again.ImplausibleReplays));
    }
}
