namespace Changeling.Training.Tests;

/// <summary>Rows of our own: each is a whole launch, and none is on both sides.</summary>
public class MadeRowTests
{
    [Fact]
    public void Every_line_is_a_launch_with_program_and_parent()
    {
        var rows = MadeChains.Attacks(new(1)).Concat(MadeChains.Ordinary(new(1))).ToList();

        Assert.True(rows.Count > 250, $"{rows.Count}");
        Assert.All(rows, e =>
        {
            Assert.Matches(@"^([^\\ ]+\.(exe|tmp|scr|com)|system)$", e.Child.Name.Replace(" ", "", StringComparison.Ordinal));
            Assert.Matches(
                @"^([^\\ ]+\.(exe|tmp|scr|com)|soffice\.bin|system)$", e.Parent!.Name.Replace(" ", "", StringComparison.Ordinal));
            Assert.Contains('\\', e.Child.Path!);
            Assert.NotEmpty(e.Parent.CommandLine!);
        });
    }

    [Fact]
    public void Every_command_is_drawn_twice_with_program_parent_and_rights()
    {
        var attacks = MadeCommands.Attacks(new(1)).ToList();
        var ordinary = MadeCommands.Ordinary(new(1)).ToList();

        Assert.Equal(2 * MadeCommands.AttackLines.Count, attacks.Count);
        Assert.Equal(2 * MadeCommands.OrdinaryLines.Count, ordinary.Count);
        Assert.All(ordinary, e => Assert.False(e.Child.Name.EndsWith(".scr", StringComparison.Ordinal), e.Child.Name));
        Assert.All(attacks.Concat(ordinary), e =>
        {
            Assert.Matches(@"^[^\\ ]+\.(exe|com|scr)$", e.Child.Name);
            Assert.EndsWith('\\' + e.Child.Name, e.Child.Path!, StringComparison.OrdinalIgnoreCase);
            Assert.NotNull(e.Child.Integrity);
            Assert.NotEmpty(e.Parent!.Path!);
            Assert.DoesNotContain("{b64:", e.Child.CommandLine!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_command_is_encoded_as_PowerShell_takes_it()
    {
        var (program, arguments) = OwnRow.Launch(new("a.txt", 1, "powershell.exe | -enc {b64:if($a){ls}:} -w 1"));

        Assert.Equal(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", OwnRow.PathOf(program));
        Assert.Equal("-enc aQBmACgAJABhACkAewBsAHMAfQA= -w 1", arguments);
    }

    [Fact]
    public void A_chain_gives_the_original_name_of_its_child()
    {
        var renamed = OwnRow.Chain(new("a.txt", 1, @"cmd.exe | C:\PerfLogs\a.exe copy x {was:rclone.exe:}"));

        Assert.Equal(("cmd.exe", @"C:\PerfLogs\a.exe copy x", "rclone.exe"), renamed);
        Assert.Null(OwnRow.Chain(new("a.txt", 2, "cmd.exe | net.exe user")).Original);
        Assert.Contains(MadeChains.Attacks(new(1)), e => e.Child.OriginalFileName is not null);
        Assert.Contains(MadeChains.Ordinary(new(1)), e => e.Child.OriginalFileName is not null);
    }

    [Fact]
    public void No_command_is_both_attack_and_ordinary()
    {
        var attacks = MadeCommands.AttackLines.Select(line => line.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(MadeCommands.OrdinaryLines, line => attacks.Contains(line.Text));
        Assert.Equal(attacks.Count, MadeCommands.AttackLines.Count);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_row_stands_twice_in_a_file(string file) =>
        Assert.Distinct(OwnRow.File(file).Groups.SelectMany(g => g.Items.Select(i => (g.Name, i.Text))));

    /// <summary>The files of rows: those in the folders of <c>Words</c>, and those with a format of their own.</summary>
    public static TheoryData<string> Files =>
    [
        "attacks.txt", "ordinary.txt", "program-folders.txt",
        .. typeof(OwnRow).Assembly.GetManifestResourceNames()
            .Select(name => name.Split('.'))
            .Where(parts => parts.Length == 6 && parts[2] == "Words")
            .Select(parts => $"{parts[3]}/{parts[4]}.{parts[5]}"),
    ];

    [Fact]
    public void No_launch_is_both_attack_and_ordinary()
    {
        var attacks = MadeChains.AttackLines.Select(line => line.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(MadeChains.OrdinaryLines, line => attacks.Contains(line.Text));
        Assert.Equal(attacks.Count, MadeChains.AttackLines.Count);
    }

    [Theory]
    [InlineData("\"C:\\Windows\\System32\\net.exe\"  user a1 /add", "net user a22 /ADD", true)]
    [InlineData("C:\\Windows\\System32\\net.exe user a", "net.exe user a", true)]
    [InlineData("net user a", "net user b", false)]
    public void Launches_that_differ_in_writing_only_have_one_key(string first, string second, bool same) =>
        Assert.Equal(same, LaunchKey.Of(Tiny.Row("cmd.exe", "net.exe", first)) == LaunchKey.Of(Tiny.Row("cmd.exe", "net.exe", second)));

    [Fact]
    public void A_row_of_our_own_that_is_tested_is_not_trained_on()
    {
        var tested = MadeChains.Attacks(new(1)).Select(LaunchKey.Of).ToHashSet(StringComparer.Ordinal);

        var with = TrainingSet.Build(Tiny.Rows, Tiny.Seed);
        var without = TrainingSet.Build(Tiny.Rows, Tiny.Seed, heldOut: tested);

        // Some lines of other files have the key of a chain, and some chains share one.
        var chains = MadeChains.AttackLines.Count;
        Assert.InRange(with.Count - without.Count, chains * 2 / 3, chains * 11 / 10);
    }

    [Fact]
    public void A_folder_without_lines_is_named() =>
        Assert.Contains(
            "Words/Nothing", Assert.Throws<InvalidDataException>(() => OwnRow.Lines("Nothing")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_seed_draws_the_same_rows()
    {
        var (first, second) = (TrainingSet.Build(Tiny.Rows, Tiny.Seed), TrainingSet.Build(Tiny.Rows, Tiny.Seed));

        Assert.True(first.Count > MadeCommands.AttackLines.Count);
        Assert.Equal(first.Select(r => (r.Label, r.Weight, r.ActWeight)), second.Select(r => (r.Label, r.Weight, r.ActWeight)));
        Assert.All(first.Zip(second), pair => Assert.True(
            pair.First.Features.AsSpan().SequenceEqual(pair.Second.Features)
            && pair.First.Grams.AsSpan().SequenceEqual(pair.Second.Grams)));
    }
}
