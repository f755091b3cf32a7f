using Changeling.Incidents;
using CsCheck;

namespace Changeling.Core.Tests.Incidents;

/// <summary>The tree of an incident: on hand-made incidents, and on any.</summary>
public class IncidentTreeTests
{
    /// <summary>A process with few possible ids, so that ids collide, are used again and contradict each other.</summary>
    private static readonly Gen<SignalProcess> AnyProcess = Gen.Select(
        OneOf("cmd.exe", "powershell.exe", "rundll32.exe"), OneOf(null, "{A}", "{a}", "{B}", "{C}"), OneOf<uint?>(null, 4, 8, 12),
        OneOf(null, "one", "two"), (name, guid, pid, line) => new SignalProcess(name!, guid, pid, line));

    private static readonly Gen<IncidentMember> AnyMember = Gen.Select(
        Gen.Int[0, 20], OneOf("ws-1", "ws-2", "ws-3"), AnyProcess, AnyProcess.List[0, 10],
        (second, host, process, ancestors) => GoldenIncidents.Member(second, host!, null, process, ancestors, [], [], [], 0.5));

    private static readonly Gen<List<IncidentMember>> AnyMembers = AnyMember.List[0, Incident.MaxMembers];

    [Fact]
    public void Every_member_is_in_the_tree_exactly_once() => AnyMembers.Sample(members =>
    {
        var found = IncidentTree.Of(members).Processes.Select(p => p.Member).OfType<IncidentMember>().ToList();

        Assert.Equal(members.Count, found.Count);
        Assert.True(found.ToHashSet<object>(ReferenceEqualityComparer.Instance).SetEquals(members));
    });

    [Fact]
    public void A_parent_stands_before_its_children_and_on_their_host() => AnyMembers.Sample(members =>
    {
        var processes = IncidentTree.Of(members).Processes;

        // An index lower than the own one makes a cycle impossible.
        Assert.All(processes.Index().Where(p => p.Item.Parent is not null), p =>
        {
            Assert.InRange(p.Item.Parent!.Value, 0, p.Index - 1);
            Assert.Equal(p.Item.Host, processes[p.Item.Parent.Value].Host);
        });
    });

    [Fact]
    public void The_processes_of_a_host_and_of_a_branch_stand_together() => AnyMembers.Sample(members =>
    {
        var processes = IncidentTree.Of(members).Processes;

        var changes = processes.Zip(processes.Skip(1)).Count(p => p.First.Host != p.Second.Host);
        Assert.Equal(processes.Select(p => p.Host).Distinct().Count(), changes + Math.Min(1, processes.Count));
        Assert.All(processes.Index().Skip(1), p => Assert.True(
            p.Item.Parent is null || Above(processes, p.Index - 1).Contains(p.Item.Parent.Value),
            $"{p.Index} does not stand in the branch of {p.Item.Parent}"));
    });

    [Fact]
    public void Where_no_sensor_names_a_process_no_member_stands_below_one_that_started_later() => AnyMembers.Sample(members =>
    {
        var processes = IncidentTree.Of(members.Select(WithoutGuids)).Processes;

        Assert.All(processes.Where(p => p is { Member: not null, Parent: not null }), child =>
        {
            if (processes[child.Parent!.Value].Member is not { } parent) return;
            Assert.InRange(parent.Signal.Started, DateTimeOffset.MinValue, child.Member!.Signal.Started.AddSeconds(2));
        });
    });

    [Fact]
    public void A_process_that_is_no_member_started_a_member_or_connects_branches() => AnyMembers.Sample(members =>
    {
        var processes = IncidentTree.Of(members).Processes;

        Assert.All(processes.Index().Where(p => p.Item.Member is null), p =>
        {
            var children = processes.Where(c => c.Parent == p.Index).ToList();
            Assert.NotEmpty(children);
            Assert.True(p.Item.Parent is not null || children.Count > 1 || children[0].Member is not null);
        });
    });

    [Fact]
    public void Every_step_down_the_tree_is_one_that_a_signal_of_the_host_tells() => AnyMembers.Sample(members =>
    {
        var told = members.SelectMany(m => m.Signal.Ancestors.Prepend(m.Signal.Process).Zip(
            m.Signal.Ancestors, (child, parent) => (m.Signal.Host, Child: child.Name, Parent: parent.Name))).ToHashSet();
        var processes = IncidentTree.Of(members).Processes;

        Assert.All(
            processes.Where(p => p.Parent is not null),
            p => Assert.Contains((p.Host, p.Process.Name, processes[p.Parent!.Value].Process.Name), told));
    });

    [Fact]
    public void What_a_member_says_of_its_own_parent_comes_before_what_others_say() => AssertTree(
        """
        ws-1
          cmd.exe
            a.exe *
              b.exe *
        """,
        [
            Member(0, new("b.exe", "{B}"), [new("a.exe", "{A}"), new("explorer.exe", "{E}")]),
            Member(1, new("a.exe", "{A}"), [new("cmd.exe", "{C}")]),
        ]);

    [Fact]
    public void The_order_of_the_list_does_not_matter() => AnyMembers.Sample(members => Assert.Equal(
        IncidentTree.Of(Distinct(members)).Processes, IncidentTree.Of(Distinct(members).Reverse()).Processes));

    [Fact]
    public void The_tree_is_bounded_whatever_signals_claim()
    {
        var deep = Enumerable.Range(0, 500).Select(n => new SignalProcess("cmd.exe", $"{{{n}}}")).ToList();
        var members = Enumerable.Range(0, Incident.MaxMembers)
            .Select(n => Member(n, new("a.exe", $"{{m{n}}}"), [new("p.exe", $"{{p{n}}}"), .. deep]))
            .ToList();

        Assert.InRange(IncidentTree.Of(members).Processes.Count, 1, Incident.MaxMembers * (1 + IncidentTree.MaxLevels));
        Assert.Equal(2 * Incident.MaxMembers, IncidentTree.Of(members, levels: 1).Processes.Count);
        Assert.Equal(Incident.MaxMembers, IncidentTree.Of(members, levels: 0).Processes.Count);
    }

    [Fact]
    public void Members_below_one_another_are_one_branch() => AssertTree(
        """
        ws-0417.corp.example
          winword.exe
            powershell.exe *
              whoami.exe *
              net.exe *
              rundll32.exe *
        srv-files-02.corp.example
          wmiprvse.exe
            cmd.exe *
        """,
        GoldenIncidents.All["two-hosts"].Incident.Members);

    [Fact]
    public void An_ancestor_that_connects_two_members_is_shown_and_what_is_above_it_is_not()
    {
        SignalProcess[] above = [new("cmd.exe", "{C}", 40), new("services.exe", "{S}", 4)];

        AssertTree(
            """
            ws-1
              cmd.exe
                powershell.exe
                  a.exe *
                b.exe *
            """,
            [
                Member(0, new("a.exe", "{A}"), [new("powershell.exe", "{P}"), .. above]),
                Member(5, new("b.exe", "{B}"), above),
            ]);
    }

    [Fact]
    public void A_process_id_that_Windows_used_again_is_the_one_that_was_started_last_before() => AssertTree(
        """
        ws-1
          cmd.exe *
            a.exe *
          cmd.exe *
            b.exe *
        """,
        [
            Member(0, new("cmd.exe", null, 40), []),
            Member(10, new("a.exe", null, 41), [new("cmd.exe", null, 40)]),
            Member(20, new("cmd.exe", null, 40), []),
            Member(30, new("b.exe", null, 42), [new("cmd.exe", null, 40)]),
        ]);

    [Fact]
    public void Two_descriptions_of_one_process_add_up()
    {
        var tree = IncidentTree.Of(
        [
            Member(0, new("a.exe", "{A}"), [new("cmd.exe", null, 40, "cmd.exe /c a")]),
            Member(1, new("b.exe", "{B}"), [new("cmd.exe", "{C}", 40, null, 0.7)]),
            Member(2, new("c.exe", "{D}"), [new("cmd.exe", "{C}")]),
        ]);

        Assert.Equal(new SignalProcess("cmd.exe", "{C}", 40, "cmd.exe /c a", 0.7), tree.Processes[0].Process);
        Assert.Equal([null, 0, 0, 0], tree.Processes.Select(p => p.Parent));
    }

    [Fact]
    public void The_same_ids_on_two_hosts_are_two_processes() => AssertTree(
        """
        ws-1
          cmd.exe
            a.exe *
        ws-2
          cmd.exe
            b.exe *
        """,
        [
            Member(0, new("a.exe", "{A}", 1), [new("cmd.exe", "{C}", 40)]),
            Member(1, new("b.exe", "{B}", 2), [new("cmd.exe", "{C}", 40)], "ws-2"),
        ]);

    [Fact]
    public void Processes_that_name_each_other_make_no_cycle()
    {
        var tree = IncidentTree.Of(
        [
            Member(0, new("a.exe", "{A}", 1), [new("b.exe", "{B}", 2), new("a.exe", "{A}", 1)]),
            Member(1, new("b.exe", "{B}", 2), [new("a.exe", "{A}", 1), new("b.exe", "{B}", 2)]),
            Member(2, new("c.exe", "{C}", 3), [new("c.exe", "{C}", 3)]),
        ]);

        Assert.Equal([null, 0, null], tree.Processes.Select(p => p.Parent));
    }

    private static IncidentMember Member(int second, SignalProcess process, IReadOnlyList<SignalProcess> ancestors, string host = "ws-1") =>
        GoldenIncidents.Member(second, host!, null, process, ancestors, [], [], [], 0.5);

    private static IncidentMember WithoutGuids(IncidentMember member) => member with
    {
        Signal = member.Signal with
        {
            Process = member.Signal.Process with { Guid = null },
            Ancestors = [.. member.Signal.Ancestors.Select(a => a with { Guid = null })],
        },
    };

    private static void AssertTree(string expected, IEnumerable<IncidentMember> members)
    {
        var processes = IncidentTree.Of(members).Processes;
        var lines = processes.Index().SelectMany(p => new[]
        {
            p.Index == 0 || processes[p.Index - 1].Host != p.Item.Host ? p.Item.Host : null,
            $"{new string(' ', 2 * Above(processes, p.Index).Count())}{p.Item.Process.Name}{(p.Item.Member is null ? "" : " *")}",
        }).OfType<string>();
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    /// <summary>A process and all above it.</summary>
    private static IEnumerable<int> Above(IReadOnlyList<TreeProcess> processes, int index)
    {
        for (int? above = index; above is { } at; above = processes[at].Parent) yield return at;
    }

    /// <summary>Members that differ in their order, because equal ones are in no order.</summary>
    private static IEnumerable<IncidentMember> Distinct(IEnumerable<IncidentMember> members) =>
        members.DistinctBy(m => (m.Signal.Started, m.Signal.Time, m.Signal.Uid));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
