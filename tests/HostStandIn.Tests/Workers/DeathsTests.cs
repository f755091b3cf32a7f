using Changeling.HostStandIn.Tests.Support;
using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn.Tests.Workers;

/// <summary>When the host gives up on a worker.</summary>
public sealed class DeathsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_third_death_stops_the_host()
    {
        var deaths = new Deaths(_time);

        Assert.Equal([false, false, true], [deaths.Add(), deaths.Add(), deaths.Add()]);
    }

    [Fact]
    public void The_window_is_measured_from_the_death_before_so_that_three_deaths_in_50_minutes_stop_the_host()
    {
        var deaths = new Deaths(_time);
        deaths.Add();
        _time.Advance(TimeSpan.FromMinutes(25));
        deaths.Add();
        _time.Advance(TimeSpan.FromMinutes(25));

        Assert.True(deaths.Add());
    }

    [Fact]
    public void Half_an_hour_without_a_death_begins_the_count_anew()
    {
        var deaths = new Deaths(_time);
        deaths.Add();
        deaths.Add();
        _time.Advance(TimeSpan.FromMinutes(31));

        Assert.False(deaths.Add());
        Assert.Equal(1, deaths.Count);
    }
}
