using Changeling.Counts;
using Changeling.Events;
using CsCheck;

namespace Changeling.Storage.Tests;

public class TableKeysTests
{
    private static readonly Gen<string> Names = Gen.Char.Array[0, 300].Select(units => new string(units));

    [Theory]
    [InlineData("cmd.exe", "parent|cmd.exe|whoami.exe")]
    [InlineData("my app.exe", "parent|my~0020app.exe|whoami.exe")]
    [InlineData(@"a\b/c#d?", "parent|a~005cb~002fc~0023d~003f|whoami.exe")]
    [InlineData("*.tmp.exe", "parent|~002a.tmp.exe|whoami.exe")]
    [InlineData("%41.exe", "parent|~002541.exe|whoami.exe")]
    public void Keys_are_readable_and_escape_what_is_forbidden(string parent, string key) =>
        Assert.Equal(key, TableKeys.Launch(parent, "whoami.exe"));

    [Fact]
    public void The_shared_row_cannot_be_forged()
    {
        Assert.Equal("parent|cmd.exe|*", TableKeys.Launch("cmd.exe", null));
        Assert.NotEqual(TableKeys.Launch("cmd.exe", null), TableKeys.Launch("cmd.exe", "*"));
    }

    [Fact]
    public void A_name_escapes_and_comes_back_unless_it_is_cut() =>
        Names.Sample(name => TableKeys.IsCut(name) || TableKeys.ChildOf(TableKeys.Launch("p", name)) == name);

    [Fact]
    public void Different_names_have_different_keys() =>
        Gen.Select(Names, Names).Sample((a, b) => a == b || TableKeys.Launch("p", a) != TableKeys.Launch("p", b));

    [Fact]
    public void No_key_is_longer_than_512_units_or_holds_a_forbidden_one() =>
        Gen.Select(Names, Names).Sample((parent, child) =>
        {
            var key = TableKeys.Launch(parent, child);
            return key.Length <= 512
                && key.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-' or '~' or '|' or '*');
        });

    [Fact]
    public void A_parents_range_holds_its_rows_and_no_others() =>
        Gen.Select(Names, Names, Names).Sample((parent, other, child) =>
        {
            var (first, end) = TableKeys.ParentRange(parent);
            bool Inside(string key) => string.CompareOrdinal(key, first) >= 0 && string.CompareOrdinal(key, end) < 0;
            return Inside(TableKeys.Launch(parent, child)) && Inside(TableKeys.Launch(parent, null))
                && (parent == other || !Inside(TableKeys.Launch(other, child)));
        });

    [Fact]
    public void Newer_detections_come_first() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Long[0, long.MaxValue], Gen.Int[0, int.MaxValue]).Array[2].Sample(two =>
        {
            var (a, b) = (new Position(two[0].Item1, two[0].Item2, two[0].Item3), new Position(two[1].Item1, two[1].Item2, two[1].Item3));
            return Math.Sign(a.CompareTo(b)) == -Math.Sign(string.CompareOrdinal(TableKeys.Detection(a, "r"), TableKeys.Detection(b, "r")))
                && TableKeys.DetectionOf(TableKeys.Detection(a, "some-rule")) == (a, "some-rule");
        });

    [Fact]
    public void Older_signals_come_first() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Long[0, long.MaxValue], Gen.Int[0, int.MaxValue]).Array[2].Sample(two =>
        {
            var (a, b) = (new Position(two[0].Item1, two[0].Item2, two[0].Item3), new Position(two[1].Item1, two[1].Item2, two[1].Item3));
            return Math.Sign(a.CompareTo(b)) == Math.Sign(string.CompareOrdinal(TableKeys.Signals(a), TableKeys.Signals(b)))
                && TableKeys.SignalsOf(TableKeys.Signals(a)) == a;
        });

    [Theory]
    [InlineData(7, "unsent|0000000000000000007", "message|0000000000000000007")]
    [InlineData(long.MaxValue, "unsent|9223372036854775807", "message|9223372036854775807")]
    public void A_message_has_another_key_once_it_is_sent(long number, string unsent, string sent) =>
        Assert.Equal((unsent, sent), (IncidentKeys.Unsent(number), IncidentKeys.Sent(number)));

    [Fact]
    public void Partitions_of_different_baselines_and_hubs_stay_apart() => Assert.Equal(
        3,
        new[] { ("a", "b", "0"), ("a:b", "", "0"), ("a", "b:0", "") }
            .Select(x => TableKeys.Partition(new BaselinePartition(x.Item1, new EventPartition(x.Item2, x.Item3)))).Distinct().Count());
}
