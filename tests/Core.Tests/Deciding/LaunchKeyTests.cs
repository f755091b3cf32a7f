using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using CsCheck;

namespace Changeling.Core.Tests.Deciding;

public class LaunchKeyTests
{
    private static readonly LaunchFields Fields = new(
        "cmd.exe", @"c:\cmd.exe", "cmd.exe /c whoami /all", "Cmd.Exe", IntegrityLevel.High, TokenElevation.Full, false,
        "a.exe", @"c:\a.exe", "a");

    [Fact]
    public void Launches_that_differ_in_one_field_are_others()
    {
        LaunchFields[] all =
        [
            Fields,
            Fields with { Child = "cmd.exe " },
            Fields with { ChildPath = null },
            Fields with { CommandLine = "cmd.exe /c whoami /alL" },
            Fields with { OriginalFileName = "" },
            Fields with { Integrity = null },
            Fields with { Elevation = null },
            Fields with { IsSystemAccount = true },
            Fields with { Parent = "b.exe" },
            Fields with { ParentPath = "" },
            Fields with { ParentCommandLine = "A" },
        ];

        Assert.Equal(all.Length, all.Select(f => new LaunchKey(f)).Distinct().Count());
    }

    [Fact]
    public void Equal_texts_are_one_launch_and_changed_ones_have_other_hashes() =>
        Gen.Select(Gen.String[Gen.Char, 1, 60], Gen.Int[0, 59], Gen.Char).Sample((line, at, other) =>
        {
            var (key, copy) = (KeyOf(line), KeyOf(new string(line.AsSpan())));
            Assert.True(key.Equals(copy));
            Assert.Equal(key.GetHashCode(), copy.GetHashCode());

            var changed = line.ToCharArray();
            changed[at % line.Length] = other;
            if (new string(changed) != line) Assert.NotEqual(key, KeyOf(new string(changed)));
        });

    /// <summary>Not more equal hashes among many similar launches than chance makes.</summary>
    [Fact]
    public void Similar_launches_rarely_share_a_hash()
    {
        var hashes = Enumerable.Range(0, 20_000).Select(i => KeyOf($"ping -n {i}").GetHashCode()).Distinct().Count();

        Assert.InRange(hashes, 19_980, 20_000);
    }

    private static LaunchKey KeyOf(string line) => new(Fields with { CommandLine = line });
}
