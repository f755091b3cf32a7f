using Changeling.Training.Unseen;

namespace Changeling.Training.Tests.Unseen;

public class SourceFoldsTests
{
    [Fact]
    public void All_recordings_of_a_repository_are_held_out_together()
    {
        var foldOf = SourceFolds.Of(Tiny.Rows);

        Assert.All(Tiny.Rows.GroupBy(r => r.Repository), repository => Assert.Single(repository.Select(foldOf).Distinct()));
        Assert.Equal(3, Tiny.Rows.Select(foldOf).Distinct().Count());
    }

    [Fact]
    public void The_largest_repositories_have_folds_of_their_own()
    {
        string[] sources = ["a", "a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "e", "f"];
        List<CorpusRow> rows = [.. sources.Select(s => Tiny.Rows[0] with { Source = s + ":file" })];

        var foldOf = SourceFolds.Of(rows);

        Assert.Equal(
            [("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 4), ("f", 4)],
            rows.Select(r => (r.Repository, foldOf(r))).Distinct());
    }

    [Fact]
    public void Other_rows_are_held_out_by_dataset()
    {
        var foldOf = SourceFolds.Of(Tiny.Rows);

        Assert.All(
            Tiny.Rows.Select(r => r with { Role = CorpusRole.WildAttacks }),
            r => Assert.Equal(CorpusFolds.Of(r.Dataset), foldOf(r)));
    }

    [Fact]
    public void No_repository_dataset_or_tuple_of_the_corpus_is_on_both_sides()
    {
        var rows = CorpusData.Load(Path.GetDirectoryName(TestSupport.Corpus.File("recorded.jsonl.gz"))!);
        var foldOf = SourceFolds.Of(rows);

        for (var fold = 0; fold < CorpusFolds.Count; fold++)
        {
            var split = CrossValidation.SplitBy(rows, r => foldOf(r) == fold);

            Assert.Contains(split.Test, r => r.IsRecorded);
            Assert.Empty(Repositories(split.Train).Intersect(Repositories(split.Test)));
            Assert.Empty(split.Train.Select(r => r.Dataset).Intersect(split.Test.Select(r => r.Dataset)));
            Assert.Empty(split.Train.Select(r => r.TupleId).Intersect(split.Test.Select(r => r.TupleId)));
        }

        static IEnumerable<string> Repositories(IEnumerable<CorpusRow> side) => side.Where(r => r.IsRecorded).Select(r => r.Repository);
    }
}
