using Changeling.Catalogues;
using Changeling.Simulation.Programs;
using Changeling.Simulation.Words;

namespace Changeling.Simulation.Tests;

/// <summary>The data files of the fleet, each read whole.</summary>
public class WordListTests
{
    /// <summary>Lists in which an item stands twice on purpose: it is drawn twice as often.</summary>
    private static readonly string[] Weighted = ["address"];

    [Theory]
    [InlineData("lists.txt")]
    [InlineData("attack-lists.txt")]
    [InlineData("people.txt")]
    [InlineData("scripts.txt")]
    public void No_word_stands_twice_in_a_list(string file) =>
        Assert.All(
            WordLists.Read(file),
            list => Assert.True(Weighted.Contains(list.Key) || list.Value.Distinct().Count() == list.Value.Length, list.Key));

    [Fact]
    public void A_list_stands_in_one_file_only() =>
        Assert.Empty(WordLists.Read("lists.txt").Keys.Intersect(WordLists.Read("attack-lists.txt").Keys));

    [Fact]
    public void Every_program_has_one_key_a_path_and_an_extension()
    {
        var rows = WindowsPrograms.Rows.Concat(InstalledPrograms.Rows).ToList();

        Assert.Distinct(rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Matches(@"(?i)^[c-z]:\\.+\.(exe|tmp|com)$", row.File.Path));
    }

    [Fact]
    public void Every_program_with_a_console_has_a_key_of_its_own()
    {
        var consoles = WordFile.Read(typeof(Catalogue), "Files/consoles.txt")["consoles"].Texts;

        Assert.Distinct(consoles);
        Assert.All(consoles, key => Assert.True(Catalogue.Find(key).IsConsole, key));
    }
}
