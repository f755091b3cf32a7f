using Changeling.Ancestry;
using Changeling.Events;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Ancestry;

public class SeenProcessesTests
{
    private readonly SeenProcesses _seen = new();

    [Fact]
    public void A_launch_stands_below_the_processes_that_started_its_parents()
    {
        See(Launch("explorer.exe", 1, "userinit.exe", 99, minute: 0), 0.01);
        See(Launch("winword.exe", 2, "explorer.exe", 1, minute: 1), 0.02);
        See(Launch("cmd.exe", 3, "winword.exe", 2, minute: 2), 0.9);

        var ancestors = _seen.AncestorsOf(Launch("certutil.exe", 4, "cmd.exe", 3, minute: 3));

        Assert.Equal(["cmd.exe", "winword.exe", "explorer.exe", "userinit.exe"], ancestors.Select(a => a.Name));
        Assert.Equal([0.9, 0.02, 0.01, null], ancestors.Select(a => a.Seen?.Probability));
        Assert.Equal([1.0, 2.0, 3.0, null], ancestors.Select(a => a.Seen?.Age.TotalMinutes));
    }

    [Fact]
    public void What_was_not_seen_is_a_name_and_nothing_is_above_it()
    {
        See(Launch("services.exe", 1, "wininit.exe", 99, minute: 0), 0.01);

        var ancestor = Assert.Single(_seen.AncestorsOf(Launch("cmd.exe", 4, "svchost.exe", 3, minute: 3)));

        Assert.Equal(("svchost.exe", null), (ancestor.Name, ancestor.Seen));
        Assert.Empty(_seen.AncestorsOf(Launch("cmd.exe", 4, "svchost.exe", 3, minute: 3) with { Parent = null }));
    }

    [Fact]
    public void A_process_id_that_is_used_again_names_the_process_that_has_the_parents_name()
    {
        See(Launch("excel.exe", 7, "explorer.exe", 1, minute: 0), 0.5);
        See(Launch("notepad.exe", 7, "explorer.exe", 1, minute: 1), 0.1);

        Assert.Null(_seen.AncestorsOf(Launch("cmd.exe", 8, "excel.exe", 7, minute: 2))[0].Seen);
        Assert.Equal(0.1, _seen.AncestorsOf(Launch("cmd.exe", 8, "notepad.exe", 7, minute: 2))[0].Seen?.Probability);
    }

    [Fact]
    public void A_process_that_was_started_later_is_no_ancestor()
    {
        See(Launch("cmd.exe", 3, "explorer.exe", 1, minute: 9), 0.9);

        Assert.Null(_seen.AncestorsOf(Launch("whoami.exe", 4, "cmd.exe", 3, minute: 3))[0].Seen);
    }

    [Fact]
    public void Other_hosts_have_other_processes()
    {
        See(Launch("cmd.exe", 3, "explorer.exe", 1, minute: 0) with { Host = new("other") }, 0.9);

        Assert.Null(_seen.AncestorsOf(Launch("whoami.exe", 4, "cmd.exe", 3, minute: 3))[0].Seen);
    }

    [Fact]
    public void A_loop_of_processes_ends()
    {
        See(Launch("a.exe", 1, "b.exe", 2, minute: 0), 0.1);
        See(Launch("b.exe", 2, "a.exe", 1, minute: 0), 0.1);

        Assert.Equal(SeenProcesses.MaxLevels, _seen.AncestorsOf(Launch("c.exe", 3, "a.exe", 1, minute: 1)).Count);
    }

    [Fact]
    public void Memory_is_bounded_for_each_host_and_in_all()
    {
        for (uint i = 0; i < 2 * SeenProcesses.MostOfHost; i++) See(Launch("a.exe", i, "b.exe", 9, minute: 0), 0.1);
        Assert.Equal(SeenProcesses.MostOfHost, _seen.All.Count);

        for (var host = 0; host < 50; host++)
        {
            for (uint i = 0; i < SeenProcesses.MostOfHost; i++)
                See(Launch("a.exe", i, "b.exe", 9, minute: 0) with { Host = new($"h{host}") }, 0.1);
        }

        Assert.Equal(SeenProcesses.Most, _seen.All.Count);
        Assert.Equal(0.1, _seen.AncestorsOf(Launch("c.exe", 1, "a.exe", 5, minute: 1) with { Host = new("h49") })[0].Seen?.Probability);
        Assert.Null(_seen.AncestorsOf(Launch("c.exe", 1, "a.exe", 5, minute: 1) with { Host = new("h0") })[0].Seen);
    }

    [Fact]
    public void Long_texts_that_a_sender_chooses_are_not_kept()
    {
        var big = new string('x', 100_000);
        ProcessEvent[] hostile =
        [
            Launch("a.exe", 1, "b.exe", 2, minute: 0) with { Host = new(big) },
            Launch(big, 1, "b.exe", 2, minute: 0),
            Launch("a.exe", 1, big, 2, minute: 0),
        ];
        foreach (var e in hostile) See(e, 0.1);
        foreach (var e in hostile) See(e with { Host = new("h"), Child = e.Child with { Name = "a.exe", Guid = big } }, 0.1);
        Assert.Empty(_seen.All);

        for (uint i = 0; i < 2 * SeenProcesses.Most; i++)
        {
            var e = Launch(new string('n', 256), i, new string('p', 256), 9, minute: 0) with { Host = new($"h{i / 200}") };
            See(e with { Child = e.Child with { CommandLine = big }, Parent = e.Parent! with { CommandLine = big } }, 0.1);
        }

        Assert.InRange(_seen.All.Sum(p => p.Length), 1, SeenProcesses.MaxCharacters);
    }

    [Fact]
    public void A_launch_that_comes_again_is_remembered_once()
    {
        for (var i = 0; i < 3; i++) See(Launch("a.exe", 1, "b.exe", 2, minute: 0), 0.1 * i);

        Assert.Equal(0.2, Assert.Single(_seen.All).Probability);
    }

    [Fact]
    public void Any_order_of_launches_keeps_the_last_one_and_stays_within_the_bounds() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Bool).Array[1, 400].Sample(launches =>
        {
            var seen = new SeenProcesses();
            foreach (var (host, pid, parent, minute, hasGuid) in launches)
            {
                var e = Launch($"p{pid}.exe", (uint)pid, $"p{parent}.exe", (uint)parent, minute) with { Host = new($"h{host}") };
                if (hasGuid) e = e with { Child = e.Child with { Guid = $"{{{host}-{pid}}}" } };
                Assert.InRange(seen.AncestorsOf(e).Count, 1, SeenProcesses.MaxLevels);
                seen.Add(SeenProcess.Of(e, 0.5));
                Assert.Equal(SeenProcess.Of(e, 0.5), seen.All.Last());
            }

            Assert.All(seen.All.GroupBy(p => p.Host), host => Assert.InRange(host.Count(), 1, SeenProcesses.MostOfHost));
        }, iter: 200);

    [Fact]
    public void The_same_is_remembered_and_found_as_in_plain_lists() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 400], Gen.Int[-1, 500], Gen.Int[0, 2]).Array[1, 900].Sample(launches =>
        {
            var (seen, plain) = (new SeenProcesses(), new PlainProcesses());
            foreach (var (host, pid, guid, minute) in launches)
            {
                var process = new SeenProcess(
                    $"h{host}", GuidOf(guid, minute), guid % 3 == 0 ? null : (uint)pid, "a.exe", null, pid,
                    Some.Time.AddMinutes(minute), null);
                seen.Add(process);
                plain.Add(process);
                Assert.Equal(plain.Kept[^1], seen.All.Last());
                var named = new NamedParent($"g{pid}", (uint)pid, "a.exe", null);
                Assert.Equal(plain.Find($"h{host}", named)?.Probability, ProbabilityOf(seen, $"h{host}", named));
            }

            Assert.Equal(plain.Kept, seen.All);
        }, iter: 60);

    private static string? GuidOf(int guid, int minute) => guid < 0 ? null : minute == 0 ? $"g{guid}" : $"G{guid}";

    private static double? ProbabilityOf(SeenProcesses seen, string host, NamedParent parent)
    {
        var e = Launch("c.exe", 9999, parent.Name, parent.Pid!.Value, minute: 60);
        return seen.AncestorsOf(e with { Host = new(host), Parent = e.Parent! with { Guid = parent.Guid } })[0].Seen?.Probability;
    }

    private void See(ProcessEvent e, double probability) => _seen.Add(SeenProcess.Of(e, probability));

    private static ProcessEvent Launch(string child, uint pid, string parent, uint parentPid, int minute)
    {
        var e = Some.ProcessEvent(child: child, commandLine: child, parentCommandLine: parent);
        return e with
        {
            Time = Some.Time.AddMinutes(minute),
            Child = e.Child with { Pid = pid, Guid = null },
            Parent = e.Parent! with { Name = parent, Pid = parentPid, Guid = null },
        };
    }
}
