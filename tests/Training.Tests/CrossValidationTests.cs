namespace Changeling.Training.Tests;

public class CrossValidationTests
{
    [Fact]
    public void No_dataset_and_no_tuple_is_on_both_sides()
    {
        for (var fold = 0; fold < CorpusFolds.Count; fold++)
        {
            var split = CrossValidation.SplitBy(Tiny.Rows, r => CorpusFolds.Of(r.Dataset) == fold);

            Assert.Empty(split.Train.Select(r => r.Dataset).Intersect(split.Test.Select(r => r.Dataset)));
            Assert.Empty(split.Train.Select(r => r.TupleId).Intersect(split.Test.Select(r => r.TupleId)));
        }
    }

    [Fact]
    public void Every_labelled_row_is_tested_once_and_weak_rows_are_never_trained_on()
    {
        var splits = Enumerable.Range(0, CorpusFolds.Count)
            .Select(fold => CrossValidation.SplitBy(Tiny.Rows, r => CorpusFolds.Of(r.Dataset) == fold))
            .ToList();

        Assert.Equal(Tiny.Rows.Select(r => r.Id).Order(), splits.SelectMany(s => s.Test).Select(r => r.Id).Order());
        Assert.DoesNotContain(splits.SelectMany(s => s.Train), r => r.IsWeak);
    }

    [Fact]
    public void The_fold_of_a_dataset_depends_on_nothing_but_its_name() =>
        Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 100).Select(i => CorpusFolds.Of($"dataset{i}")).Distinct().Order());

    [Fact]
    public void No_dataset_and_no_tuple_of_the_corpus_is_on_both_sides()
    {
        var rows = CorpusData.Load(Path.GetDirectoryName(TestSupport.Corpus.File("recorded.jsonl.gz"))!);

        for (var fold = 0; fold < CorpusFolds.Count; fold++)
        {
            var split = CrossValidation.SplitBy(rows, r => CorpusFolds.Of(r.Dataset) == fold);

            Assert.NotEmpty(split.Test);
            Assert.Empty(split.Train.Select(r => r.Dataset).Intersect(split.Test.Select(r => r.Dataset)));
            Assert.Empty(split.Train.Select(r => r.TupleId).Intersect(split.Test.Select(r => r.TupleId)));
        }
    }
}
