using Changeling.Counts;

namespace Changeling.Core.Tests.Counts;

public class LineageNameTests
{
    [Theory]
    // names that stay
    [InlineData("rundll32.exe", "rundll32.exe")]
    [InlineData("regsvr32.exe", "regsvr32.exe")]
    [InlineData("w3wp.exe", "w3wp.exe")]
    [InlineData("7z.exe", "7z.exe")]
    [InlineData("msxsl.exe", "msxsl.exe")]
    [InlineData("facade.exe", "facade.exe")]
    [InlineData("face2.exe", "face2.exe")]
    // versions
    [InlineData("am_delta_patch_1.421.1064.0.exe", "am_delta_patch_*.exe")]
    [InlineData("setup-2.3.exe", "setup-*.exe")]
    [InlineData("python3.12.exe", "python*.exe")]
    // identifiers
    [InlineData("{5770385f-c22a-43e0-bf4c-06f5698ffbd9}.exe", "*.exe")]
    [InlineData("update-5770385f-c22a-43e0-bf4c-06f5698ffbd9.exe", "update-*.exe")]
    [InlineData("mpam-9f3a2c1b.exe", "mpam-*.exe")]
    [InlineData("deadbeef.exe", "deadbeef.exe")]
    // temporary stems and copies
    [InlineData("odt7f2a.tmp.exe", "*.tmp.exe")]
    [InlineData("is-3kq8p.tmp", "*.tmp")]
    [InlineData("setup.tmp", "setup.tmp")]
    [InlineData("installer (3).exe", "installer*.exe")]
    public void Volatile_parts_fold_and_names_stay(string name, string folded) => Assert.Equal(folded, LineageName.Fold(name));

    [Fact]
    public void A_name_beyond_260_units_becomes_its_beginning_and_a_digest()
    {
        var name = new string('a', 100_000) + ".exe";

        var folded = LineageName.Fold(name);

        Assert.Equal(LineageName.MaxLength, folded.Length);
        Assert.StartsWith("aaaa", folded, StringComparison.Ordinal);
        Assert.NotEqual(folded, LineageName.Fold("a" + name));
    }

    [Fact]
    public void Folding_twice_changes_nothing() =>
        Assert.All(
            new[] { "am_delta_patch_1.421.1064.0.exe", "odt7f2a.tmp.exe", "installer (3).exe", "mpam-9f3a2c1b.exe" },
            name => Assert.Equal(LineageName.Fold(name), LineageName.Fold(LineageName.Fold(name))));
}
