using Changeling.Baseline;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Baseline;

public class DayHostsTests
{
    private static readonly HalfLife ThirtyDays = new(30);

    [Fact]
    public void Ten_thousand_launches_by_one_host_count_as_three_a_day()
    {
        var history = new ParentHistory("winword.exe", [], ThirtyDays, mostPerHost: 3);

        for (var i = 0; i < 10_000; i++) history.Count("certutil.exe", Some.Time, day: 1, "ws-1");
        var first = history.Find("certutil.exe")!.Count.Launches;
        for (var i = 0; i < 10_000; i++) history.Count("certutil.exe", Some.Time, day: 2, "ws-1");

        Assert.Equal(3, first);
        Assert.InRange(history.Find("certutil.exe")!.Count.Launches, 5.9, 6);
    }

    [Fact]
    public void From_the_fourth_host_of_a_day_on_every_launch_counts()
    {
        var history = new ParentHistory("services.exe", [], ThirtyDays, mostPerHost: 3);
        for (var i = 0; i < 100; i++) history.Count("svchost.exe", Some.Time, day: 1, "ws-1");
        foreach (var host in new[] { "ws-2", "ws-3", "ws-4" }) history.Count("svchost.exe", Some.Time, day: 1, host);

        for (var i = 0; i < 100; i++) history.Count("svchost.exe", Some.Time, day: 1, "ws-1");

        Assert.Equal(3 + 3 + 100, history.Find("svchost.exe")!.Count.Launches);
    }

    [Fact]
    public void A_launch_that_does_not_count_is_still_seen()
    {
        var history = new ParentHistory("winword.exe", [], ThirtyDays, mostPerHost: 1);
        history.Count("certutil.exe", Some.Time, day: 1, "ws-1");

        var row = history.Count("certutil.exe", Some.Time.AddHours(1), day: 1, "ws-1");

        Assert.Equal((1.0, Some.Time.AddHours(1)), (row.Count.Launches, row.LastSeen));
    }

    [Fact]
    public void What_is_stored_comes_back()
    {
        var hosts = DayHosts.None.Take("ws-1", 3).After.Take("ws-2", 3).After.Take("ws-1", 3).After;

        Assert.Equal(hosts, DayHosts.FromBytes(hosts.ToBytes()));
        Assert.NotEqual(hosts, DayHosts.None);
    }
}
