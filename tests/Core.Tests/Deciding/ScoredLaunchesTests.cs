using System.Runtime.CompilerServices;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Deciding;

public class ScoredLaunchesTests
{
    [Fact]
    public void The_same_launch_on_another_host_is_not_scored_again_and_keeps_its_own_event()
    {
        var model = new WordModel();
        var (one, other) = (Launch("vssadmin delete shadows /all", "h1"), Launch("vssadmin delete shadows /all", "h2"));

        var (first, second) = (ScoredLaunches.With(model).Evidence(one), ScoredLaunches.With(model).Evidence(other));

        Assert.Equal(1, model.Predictions);
        Assert.Equal((one, other), (first.Event, second.Event));
        Assert.Equal(Evidence.Of(other, model.Predict(other)), second);
    }

    [Fact]
    public void Every_field_that_features_read_makes_another_launch()
    {
        var e = Launch("cmd /c whoami", "h1");
        ProcessEvent[] others =
        [
            e with { User = new("SYSTEM", "NT AUTHORITY", "S-1-5-18") },
            e with { Parent = null },
            e with { Parent = e.Parent! with { CommandLine = "other" } },
            e with { Parent = e.Parent! with { Path = @"C:\other.exe" } },
            e with { Parent = e.Parent! with { Name = "other.exe" } },
            e with { Child = e.Child with { CommandLine = "cmd /c WHOAMI" } },
            e with { Child = e.Child with { Path = @"C:\cmd.exe" } },
            e with { Child = e.Child with { Name = "other.exe" } },
            e with { Child = e.Child with { OriginalFileName = "other.exe" } },
            e with { Child = e.Child with { Integrity = IntegrityLevel.Low } },
            e with { Child = e.Child with { Elevation = TokenElevation.Full } },
        ];

        Assert.Equal(others.Length + 1, others.Append(e).Select(LaunchFields.Of).Distinct().Count());
    }

    [Fact]
    public void Reasons_are_made_once_for_each_kind()
    {
        var model = new WordModel();
        var scored = ScoredLaunches.With(model);

        for (var i = 0; i < 5; i++)
        {
            scored.Explain(Launch("evil", $"h{i}"), 3, isExact: true);
            scored.Explain(Launch("evil", $"h{i}"), 3, isExact: false);
        }

        Assert.Equal(2, model.Explanations);
    }

    [Fact]
    public void The_event_itself_is_not_kept()
    {
        var model = new WordModel();

        var e = Scored(model);
        GC.Collect();

        Assert.False(e.IsAlive);
        Assert.Equal("h9", ScoredLaunches.With(model).Evidence(Launch("evil", "h9")).Event.Host.Name);
        Assert.Equal(1, model.Predictions);
    }

    [Fact]
    public void What_features_do_not_read_does_not_change_the_evidence()
    {
        var model = new WordModel();
        var e = Launch("vssadmin delete shadows /all", "h1");
        ProcessEvent[] others =
        [
            e with { User = new("someone", "ELSE", "S-1-5-21-1") },
            e with { Time = e.Time.AddDays(9), SourceIdentity = "other", Notes = EventNotes.TimeSuspect, Format = "other" },
            e with { Child = e.Child with { Pid = 77, Guid = "{7}", Hashes = new(new string('1', 32)), Signature = null } },
            e with { Parent = e.Parent! with { Pid = 78, Guid = "{8}" } },
        ];

        Assert.All(others, other => Assert.Equal(Evidence.Of(other, model.Predict(other)), ScoredLaunches.With(model).Evidence(other)));
    }

    [Fact]
    public void What_is_kept_is_bounded_and_what_is_used_stays()
    {
        var recent = new RecentValues<int, string>(most: 10, maxSize: 100);
        recent.Add(0, "used", 1);
        for (var i = 1; i < 1000; i++)
        {
            recent.Add(i, $"{i}", 1);
            Assert.Equal("used", recent.Find(0, 1));
        }

        Assert.InRange(Enumerable.Range(1, 999).Count(i => recent.Find(i, 0) is not null), 1, 20);
    }

    [Fact]
    public void What_is_larger_than_the_bound_is_not_kept_and_what_grows_counts()
    {
        var recent = new RecentValues<int, string>(most: 10, maxSize: 100);
        recent.Add(0, "too large", 101);
        Assert.Null(recent.Find(0, 101));

        recent.Add(1, "grows", 10);
        recent.Grow(100);
        recent.Add(2, "next", 10);
        recent.Grow(100);
        recent.Add(3, "after", 10);

        Assert.Null(recent.Find(1, 10));
    }

    [Fact]
    public void Large_values_push_the_others_out()
    {
        var recent = new RecentValues<int, string>(most: 10, maxSize: 100);
        recent.Add(0, "small", 1);

        for (var i = 1; i <= 3; i++) recent.Add(i, "large", 90);

        Assert.Null(recent.Find(0, 1));
        Assert.NotNull(recent.Find(3, 90));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Scored(WordModel model)
    {
        var e = Launch("evil", "h1");
        ScoredLaunches.With(model).Evidence(e);
        return new(e);
    }

    private static ProcessEvent Launch(string commandLine, string host) =>
        Some.ProcessEvent(child: "cmd.exe", commandLine: commandLine, parentCommandLine: "explorer") with { Host = new(host) };
}
