using Changeling.Catalogues;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

/// <summary>
/// Lines that were written after errors had been looked at. None of them may be a row of the corpus: what is in the corpus is trained on as
/// it is, and never copied into the project.
/// </summary>
public class OwnRowsApartTests
{
    /// <summary>What such a file says of itself.</summary>
    private const string Says = "after looking at";

    [Fact]
    public void No_line_written_after_looking_at_errors_is_a_row_of_the_corpus()
    {
        var rows = CorpusManifest.FilesOf(Path.GetDirectoryName(Corpus.File("recorded.jsonl.gz"))!)
            .SelectMany(f => CorpusData.LoadFile(f.Path))
            .Select(r => LaunchKey.Of(r.Event))
            .ToHashSet(StringComparer.Ordinal);
        var acts = rows.Select(WithoutParent).ToHashSet(StringComparer.Ordinal);
        var files = Files().ToHashSet(StringComparer.Ordinal);

        // How a program is written is drawn, so a line can equal a row in one form and not in another.
        var equal = Enumerable.Range(1, 5)
            .SelectMany(seed => Chains(seed).Where(m => rows.Contains(LaunchKey.Of(m.Event)))
                .Concat(Commands(seed).Where(m => acts.Contains(WithoutParent(LaunchKey.Of(m.Event))))))
            .Where(made => files.Contains(made.Line.File))
            .Select(made => $"{made.Line.File}:{made.Line.Number}")
            .Distinct();

        Assert.NotEmpty(files);
        Assert.Empty(equal);
    }

    private static IEnumerable<(WordLine Line, ProcessEvent Event)> Chains(int seed) =>
        MadeChains.AttackLines.Zip(MadeChains.Attacks(new(seed)))
            .Concat(MadeChains.OrdinaryLines.Zip(MadeChains.Ordinary(new(seed))));

    /// <summary>Commands are drawn twice under any parent, so only the program and its arguments count.</summary>
    private static IEnumerable<(WordLine Line, ProcessEvent Event)> Commands(int seed) =>
        Twice(MadeCommands.AttackLines).Zip(MadeCommands.Attacks(new(seed)))
            .Concat(Twice(MadeCommands.OrdinaryLines).Zip(MadeCommands.Ordinary(new(seed))));

    private static IEnumerable<WordLine> Twice(IEnumerable<WordLine> lines) => lines.SelectMany(line => new[] { line, line });

    private static string WithoutParent(string key) => key[(key.IndexOf('>', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> Files() =>
        from path in Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Training", "Words"), "*.txt", SearchOption.AllDirectories)
        where string.Join(' ', File.ReadLines(path).TakeWhile(l => l.StartsWith('#')).Select(l => l.TrimStart('#', ' ')))
            .Contains(Says, StringComparison.Ordinal)
        select $"Words/{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}";
}
