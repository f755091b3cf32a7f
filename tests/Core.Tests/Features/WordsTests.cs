using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Core.Tests.Features;

/// <summary>The data files of words, each read whole.</summary>
public class WordsTests
{
    public static TheoryData<string> EachFile => [.. Files.Keys];

    public static TheoryData<string> EachFileOfTerms => ["Words/telltales.txt", "Words/behaviours.txt", "Words/routine-uses.txt"];

    /// <summary>Files and the type in whose folder they stand.</summary>
    private static Dictionary<string, Type> Files => new()
    {
        ["Words/telltales.txt"] = typeof(Behaviour),
        ["Words/behaviours.txt"] = typeof(Behaviour),
        ["Words/routine-uses.txt"] = typeof(Behaviour),
        ["Words/program-kinds.txt"] = typeof(Behaviour),
        ["Words/windows-programs.txt"] = typeof(Behaviour),
        ["Words/usual-parents.txt"] = typeof(Behaviour),
        ["Words/original-names.txt"] = typeof(Behaviour),
        ["Words/file-names.txt"] = typeof(Behaviour),
        ["Words/commands.txt"] = typeof(Behaviour),
        ["Words/parent-classes.txt"] = typeof(ParentClassifier),
        ["Words/skipped-kinds.txt"] = typeof(SkippedKinds),
        ["found-acts.txt"] = typeof(WordFile),
        ["lolbins.txt"] = typeof(WordFile),
        ["masquerade.txt"] = typeof(WordFile),
    };

    [Fact]
    public void Every_file_of_words_in_the_domain_is_tested()
    {
        var built = typeof(WordFile).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".txt", StringComparison.Ordinal));

        Assert.Equal(
            Files.Select(f => $"{f.Value.Namespace}.{f.Key.Replace('/', '.')}").Order(StringComparer.Ordinal),
            built.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachFile))]
    public void No_item_stands_twice_under_a_heading_and_all_are_in_lower_case(string file)
    {
        var groups = WordFile.Read(Files[file], file).Groups;

        Assert.All(groups, g => Assert.Distinct(g.Texts));

        // Kinds are compared with what senders write.
        if (Files[file] == typeof(SkippedKinds)) return;
        Assert.All(groups.SelectMany(g => g.Texts), item => Assert.Equal(item.ToLowerInvariant(), item));
    }

    [Theory]
    [InlineData("Words/program-kinds.txt")]
    [InlineData("Words/usual-parents.txt")]
    [InlineData("Words/windows-programs.txt")]
    [InlineData("Words/parent-classes.txt")]
    [InlineData("lolbins.txt")]
    public void Names_of_programs_are_sorted_and_have_an_extension(string file)
    {
        var groups = WordFile.Read(Files[file], file).Groups;

        Assert.All(groups, g => Assert.Equal(g.Texts.Order(StringComparer.Ordinal), g.Texts));
        Assert.All(groups.SelectMany(g => g.Texts), name => Assert.Matches(@"^([^\\ ]+\.(exe|bin)|system|registry)$", name));
    }

    /// <summary>A term that is written otherwise than plain text is, with <c>/</c> before a switch for example, would be dead.</summary>
    [Theory]
    [MemberData(nameof(EachFileOfTerms))]
    public void Every_term_is_found_in_the_plain_text_of_its_own_parts(string file)
    {
        var dead = WordFile.Read(typeof(Behaviour), file).Groups.SelectMany(g => g.Items)
            .Where(line => !BehaviourTerm.Parse(line).IsIn(CommandLineText.Of(Written(line.Text), "", "a.exe").Effective))
            .Select(line => $"line {line.Number}: {line.Text}");

        Assert.Empty(dead);
    }

    private static string Written(string term) => $"a.exe y {string.Join(" y ", term.Split('&').Select(part => part.Trim('~')))} y";
}
