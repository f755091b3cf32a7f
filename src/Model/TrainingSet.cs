using Changeling.Events;
using Changeling.Features;

namespace Changeling.Model;

/// <summary>Makes training rows from corpus rows: labelled and not weak, one a tuple, weighted, each also with fields masked.</summary>
internal static class TrainingSet
{
    /// <summary>Recorded rows are what the model will meet; made rows weigh less.</summary>
    private const double RecordedWeight = 2;

    private const double MadeAttackWeight = 2;

    private const double MadeOrdinaryWeight = 1;

    /// <summary>Share of made attacks whose assumed parent and rights are drawn anew; measured: none and all rank worse.</summary>
    private const double RedrawnShare = 0.4;

    /// <summary>Whether a row may be trained on.</summary>
    public static bool IsUsable(CorpusRow row) => row.Label is not null && !row.IsWeak;

    /// <summary>Builds the rows; the same corpus rows and seed give the same rows in the same order.</summary>
    public static IReadOnlyList<ModelRow> Build(IEnumerable<CorpusRow> corpus, int seed)
    {
        var tuples = corpus.Where(IsUsable).GroupBy(r => (r.TupleId, r.Label)).Select(g => (First: g.First(), Count: g.Count())).ToList();
        var masking = new FieldMasking([.. tuples.Select(t => (t.First.Event, t.First.Label == 1))]);
        var random = new Random(seed);
        var events = new List<(ProcessEvent Event, bool IsAttack, double Weight)>();
        foreach (var (row, count) in tuples)
        {
            var isAttack = row.Label == 1;
            var weight = (1 + Math.Log(count)) * (row.IsRecorded ? RecordedWeight : 1) / 2;
            var other = isAttack && row.IsSynthetic && random.NextDouble() < RedrawnShare ? AssumedFields.Redraw(row.Event, random) : row.Event;
            events.Add((masking.Apply(row.Event, isAttack, further: false, random), isAttack, weight));
            events.Add((masking.Apply(other, isAttack, further: true, random), isAttack, weight));
        }

        events.AddRange(MadeAttacks.All(random).Select(e => (masking.Apply(e, true, further: false, random), true, MadeAttackWeight)));
        events.AddRange(MadeOrdinary.All(random).Select(e => (masking.Apply(e, false, further: false, random), false, MadeOrdinaryWeight)));
        return Extract(events);
    }

    /// <summary>Extracts the features of weighted events, in their order.</summary>
    public static IReadOnlyList<ModelRow> Extract(IEnumerable<(ProcessEvent Event, bool IsAttack, double Weight)> events) =>
        [.. events.AsParallel().AsOrdered().Select(e => new ModelRow
        {
            Features = FeatureExtractor.Extract(e.Event).Values,
            Label = e.IsAttack,
            Weight = (float)e.Weight,
        })];
}
