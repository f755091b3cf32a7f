using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.TestSupport;
using CsCheck;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;

namespace Changeling.Core.Tests.Exceptions;

public class ExceptionListTests
{
    private static readonly ExceptionItem Pair =
        Item("m-pair", Exact("process.name", "certutil.exe"), Exact("process.parent.name", "pkiagent.exe"));
    private static readonly ProcessEvent Launch = Some.ProcessEvent("pkiagent.exe", "certutil.exe");

    [Fact]
    public void The_first_in_order_of_id_suppresses()
    {
        var list = ExceptionList.Of(
            [
                Item("z", Exact("process.name", "certutil.exe")), Pair,
                Item("b", Exact("process.name", "certutil.exe")) with { Enabled = false },
            ],
            Groups);

        Assert.Equal("m-pair", Consult(list, Launch).Suppressed["rule"].Id);
    }

    [Fact]
    public void An_item_for_some_rules_leaves_the_others_and_the_sums_alone()
    {
        var list = ExceptionList.Of([Pair with { Rules = ["one"] }], Groups);

        var ruling = list.Consult(Launch, Some.Time, ["one", "two"], isSummed: true);

        Assert.Equal(["one"], ruling.Suppressed.Keys);
        Assert.Equal((null, 0), (ruling.Unsummed, ruling.Near.Count));
        Assert.Equal((1, 0), (list.CountFor("one"), list.CountFor("two")));
    }

    [Fact]
    public void An_item_for_all_rules_keeps_a_launch_out_of_the_sums_although_no_rule_fired()
    {
        var ruling = ExceptionList.Of([Pair], Groups).Consult(Launch, Some.Time, [], isSummed: true);

        Assert.Equal("m-pair", ruling.Unsummed!.Id);
        Assert.Equal(["m-pair"], ruling.Hits);
    }

    [Fact]
    public void An_item_expires_by_the_partition_clock_and_is_then_near()
    {
        var list = ExceptionList.Of([Pair with { Expires = Some.Time }], Groups);

        var before = list.Consult(Launch, Some.Time.AddTicks(-1), ["rule"], isSummed: false);
        var after = list.Consult(Launch, Some.Time, ["rule"], isSummed: false);

        Assert.Equal((1, 0), (before.Suppressed.Count, before.Near.Count));
        Assert.Empty(after.Suppressed);
        Assert.Equal("expires", Assert.Single(after.Near).DiffersIn);
        Assert.Equal((1, 0), (list.ExpiredAt(Some.Time), list.ExpiredAt(Some.Time.AddTicks(-1))));
    }

    [Theory]
    [InlineData("pkiagent.exe", "certreq.exe", "process.name")]
    [InlineData("cmd.exe", "certutil.exe", "process.parent.name")]
    [InlineData("cmd.exe", "certreq.exe", null)]
    public void An_item_of_two_conditions_is_near_when_one_fails(string parent, string child, string? differsIn) =>
        Assert.Equal(
            differsIn, Consult(ExceptionList.Of([Pair], Groups), Some.ProcessEvent(parent, child)).Near.SingleOrDefault()?.DiffersIn);

    [Fact]
    public void An_expired_item_that_differs_besides_is_not_near_and_neither_is_one_of_a_single_condition()
    {
        Assert.Empty(
            Consult(
                ExceptionList.Of([Pair with { Expires = Some.Time.AddDays(-1) }], Groups),
                Some.ProcessEvent("cmd.exe", "certutil.exe")).Near);
        Assert.Empty(Consult(ExceptionList.Of([Item("one", Exact("process.name", "certreq.exe"))], Groups), Launch).Near);
    }

    [Fact]
    public void A_suppressed_launch_has_no_near_misses_and_one_that_goes_at_most_ten()
    {
        var almost = Enumerable.Range(0, 12)
            .Select(i => Item($"n-{i:00}", Exact("process.name", "certutil.exe"), Exact("host.name", $"other-{i}")))
            .ToList();

        Assert.Empty(Consult(ExceptionList.Of([.. almost, Pair], Groups), Launch).Near);
        Assert.Equal(almost.Take(10), Consult(ExceptionList.Of(almost, Groups), Launch).Near.Select(n => n.Item));
    }

    [Fact]
    public void Too_many_are_refused() =>
        Assert.Throws<InvalidDataException>(
            () => ExceptionList.Of(Enumerable.Range(0, 2_001).Select(i => Pair with { Id = $"e-{i}" }), Groups));

    /// <summary>The look-up by names must find whatever trying each item alone finds.</summary>
    [Fact]
    public void A_list_decides_as_its_items_one_by_one()
    {
        string[] fields = ["process.name", "process.parent.name", "user.name"];
        var name = Gen.Int[0, 2].Select(i => $"{"abc"[i]}.exe");
        var condition = Gen.Select(
            Gen.Int[0, 2].Select(i => fields[i]),
            Gen.Bool.Select(exact => exact ? ExceptionMatch.Exact : ExceptionMatch.Prefix),
            name,
            (f, t, v) => new ExceptionCondition(f, t, [v]));
        var items = condition.Array[1, 3].Array[0, 8].Select(all => all.Select((conditions, i) => Item($"e-{i}", conditions)).ToList());

        Gen.Select(items, name, name).Sample((all, parent, child) =>
        {
            var launch = Some.ProcessEvent(parent, child);
            var alone = all.Select(item => Consult(ExceptionList.Of([item], Groups), launch)).ToList();
            var together = Consult(ExceptionList.Of(all, Groups), launch);
            var first = alone.SelectMany(r => r.Suppressed.Values).FirstOrDefault();
            return together.Suppressed.GetValueOrDefault("rule") == first
                && together.Near.SequenceEqual(first is null ? alone.SelectMany(r => r.Near) : []);
        });
    }

    /// <summary>A cluster lacks most fields, and the look-up by names must not depend on them.</summary>
    [Fact]
    public void A_list_decides_on_a_cluster_as_its_items_one_by_one()
    {
        string[] fields = ["process.name", "process.parent.name", "user.name", "host.name"];
        var name = Gen.Int[0, 2].Select(i => $"{"abc"[i]}.exe");
        var condition = Gen.Select(
            Gen.Int[0, 3].Select(i => fields[i]),
            Gen.Bool.Select(exact => exact ? ExceptionMatch.Exact : ExceptionMatch.Prefix),
            name,
            (f, t, v) => new ExceptionCondition(f, t, [v]));
        var items = condition.Array[1, 3].Array[0, 8].Select(all => all.Select((conditions, i) => Item($"e-{i}", conditions)).ToList());

        Gen.Select(items, Gen.Enum<ClusterKind>(), name).Sample((all, kind, entity) =>
        {
            var cluster = new SumKey(ClockWindow.At(Some.Time), kind, entity);
            var alone = all.Select(item => ExceptionList.Of([item], Groups).Consult(cluster, ["rule"])).ToList();
            var together = ExceptionList.Of(all, Groups).Consult(cluster, ["rule"]);
            var first = alone.SelectMany(r => r.Suppressed.Values).FirstOrDefault();
            return together.Suppressed.GetValueOrDefault("rule") == first
                && together.Near.SequenceEqual(first is null ? alone.SelectMany(r => r.Near) : []);
        });
    }

    private static ExceptionRuling Consult(ExceptionList list, ProcessEvent e) => list.Consult(e, Some.Time, ["rule"], isSummed: false);
}
