using Changeling.Counts;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Counts;

public class DayHostsTests
{
    private static readonly HalfLife ThirtyDays = new(30);
    private static readonly HostLimit Three = new(3, BelowPercent: 1);

    [Fact]
    public void Ten_thousand_launches_by_one_host_count_as_three_a_day()
    {
        var history = Settled("winword.exe", Three);

        for (var i = 0; i < 10_000; i++) history.Count("certutil.exe", Some.Time, day: 1, "ws-1");
        var first = history.Find("certutil.exe")!.Count.Launches;
        for (var i = 0; i < 10_000; i++) history.Count("certutil.exe", Some.Time, day: 2, "ws-1");

        Assert.Equal(3, first);
        Assert.InRange(history.Find("certutil.exe")!.Count.Launches, 5.9, 6);
    }

    [Fact]
    public void From_the_fourth_host_of_a_day_on_every_launch_counts()
    {
        var history = Settled("services.exe", Three);
        for (var i = 0; i < 100; i++) history.Count("new.exe", Some.Time, day: 1, "ws-1");
        foreach (var host in new[] { "ws-2", "ws-3", "ws-4" }) history.Count("new.exe", Some.Time, day: 1, host);

        for (var i = 0; i < 100; i++) history.Count("new.exe", Some.Time, day: 1, "ws-1");

        Assert.Equal(3 + 3 + 100, history.Find("new.exe")!.Count.Launches);
    }

    [Fact]
    public void A_child_that_makes_up_a_good_part_of_its_parents_launches_is_not_limited()
    {
        var history = new ParentHistory("agent.exe", [], ThirtyDays, Three);

        for (var i = 0; i < 200; i++) history.Count("conhost.exe", Some.Time, day: 1, "srv-1");

        Assert.Equal(200, history.Find("conhost.exe")!.Count.Launches);
    }

    [Fact]
    public void A_launch_that_does_not_count_is_still_seen()
    {
        var history = Settled("winword.exe", new HostLimit(1, BelowPercent: 1));
        history.Count("certutil.exe", Some.Time, day: 1, "ws-1");

        var row = history.Count("certutil.exe", Some.Time.AddHours(1), day: 1, "ws-1");

        Assert.Equal((1.0, Some.Time.AddHours(1)), (row.Count.Launches, row.LastSeen));
    }

    private static ParentHistory Settled(string parent, HostLimit limit) =>
        new(
            parent,
            [new CountRow("usual.exe", new LaunchCount(LaunchCount.One.Units * 100_000), 1, Some.Time, Some.Time)],
            ThirtyDays,
            limit);

    [Fact]
    public void What_is_stored_comes_back()
    {
        var hosts = DayHosts.None.Take("ws-1", 3).After.Take("ws-2", 3).After.Take("ws-1", 3).After;

        Assert.Equal(hosts, DayHosts.FromBytes(hosts.ToBytes()));
        Assert.NotEqual(hosts, DayHosts.None);
    }
}
