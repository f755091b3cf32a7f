using Changeling.Events;
using Changeling.Features;

namespace Changeling.Training;

/// <summary>Makes training rows from corpus rows: labelled and not weak, one a tuple, weighted, each also with fields masked.</summary>
internal static class TrainingSet
{
    /// <summary>Recorded rows are like the events in use, so made rows have a lower weight.</summary>
    private const double RecordedWeight = 2;

    private const double MadeAttackWeight = 2;

    private const double MadeOrdinaryWeight = 1;

    /// <summary>Commands and chains of both classes weigh the same, so that what is drawn oftener is not more likely.</summary>
    private const double CommandWeight = 1.5;

    private const double ChainWeight = 1.5;

    private const double LureWeight = 0.5;

    /// <summary>Share of a look-alike's weight in the reading of the act: it is often ordinary only because of its parent.</summary>
    private const double LookAlikeActShare = 0.3;

    /// <summary>Weight of an attack in another context, as a share of its own.</summary>
    private const double ReparentedAttackWeight = 0.6;

    /// <summary>The same of an ordinary row.</summary>
    private const double ReparentedOrdinaryWeight = 0.3;

    /// <summary>
    /// The highest weight of one incident, machine or repository of the wild: that of four recorded tuples. A dataset with more rows
    /// shares it.
    /// </summary>
    private const double MaxWildDatasetWeight = 4;

    /// <summary>Share of made attacks whose assumed parent and rights are drawn again; measured: none and all rank worse.</summary>
    private const double RedrawnShare = 0.4;

    /// <summary>Whether a row may be trained on.</summary>
    public static bool IsUsable(CorpusRow row) => row.Label is not null && !row.IsWeak;

    /// <summary>Builds the rows; the same corpus rows and seed give the same rows in the same order.</summary>
    /// <param name="corpus">Rows of the training side.</param>
    /// <param name="seed">Seed of what is masked and drawn.</param>
    /// <param name="ownRows">Whether to add the rows of our own, which are in no corpus.</param>
    /// <param name="heldOut">Keys of launches that are tested: rows of our own that equal one are left out.</param>
    public static IReadOnlyList<ModelRow> Build(
        IEnumerable<CorpusRow> corpus, int seed, bool ownRows = true, IReadOnlySet<string>? heldOut = null)
    {
        var tuples = corpus.Where(IsUsable).GroupBy(r => (r.TupleId, r.Label)).Select(g => (First: g.First(), Count: g.Count())).ToList();
        var shares = WildShares(tuples.Select(t => (t.First, t.Count)));
        var masking = new FieldMasking([.. tuples.Select(t => (t.First.Event, t.First.Label == 1))]);
        var random = new Random(seed);
        var events = new List<WeightedEvent>();
        foreach (var (row, count) in tuples)
        {
            var isAttack = row.Label == 1;
            var weight = WeightOf(row, count) * (row.IsWild ? shares[row.Dataset] : 1);
            var other = isAttack && row.IsMade && random.NextDouble() < RedrawnShare
                ? AssumedFields.Redraw(row.Event, random)
                : row.Event;
            var ofAct = weight * (row.Role == CorpusRole.BenignSynthetic ? LookAlikeActShare : 1);
            events.Add(new(masking.Apply(row.Event, isAttack, further: false, random), isAttack, weight, ofAct));
            events.Add(new(masking.Apply(other, isAttack, further: true, random), isAttack, weight, ofAct));
            if (Reparenting.Fits(row))
            {
                var share = isAttack ? ReparentedAttackWeight : ReparentedOrdinaryWeight;
                var elsewhere = masking.Apply(Reparenting.Draw(row.Event, random), isAttack, further: true, random);
                events.Add(new(elsewhere, isAttack, weight * share, ofAct * share));
            }
        }

        if (ownRows) events.AddRange(OwnRows(masking, random, heldOut ?? new HashSet<string>()));
        return Extract(events);
    }

    private static double WeightOf(CorpusRow row, int count) => (1 + Math.Log(count)) * (row.IsMade ? 1 : RecordedWeight) / 2;

    /// <summary>What each dataset of the wild keeps of its rows' weights, so that none has more than its maximum.</summary>
    private static Dictionary<string, double> WildShares(IEnumerable<(CorpusRow Row, int Count)> tuples) =>
        tuples.Where(t => t.Row.IsWild)
            .GroupBy(t => t.Row.Dataset, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => Math.Min(1, MaxWildDatasetWeight / g.Sum(t => WeightOf(t.Row, t.Count))),
                StringComparer.Ordinal);

    /// <summary>
    /// Rows of our own, less those that stand in a held-out recording: rows that are used for tests are never used for training.
    /// </summary>
    private static IEnumerable<WeightedEvent> OwnRows(
        FieldMasking masking, Random random, IReadOnlySet<string> heldOut)
    {
        (IEnumerable<ProcessEvent> Events, bool IsAttack, double Weight)[] sources =
        [
            (MadeAttacks.All(random), true, MadeAttackWeight), (MadeLures.All(random), true, LureWeight),
            (MadeOrdinary.All(random), false, MadeOrdinaryWeight),
            (MadeCommands.Attacks(random), true, CommandWeight), (MadeCommands.Ordinary(random), false, CommandWeight),
            (MadeChains.Attacks(random), true, ChainWeight), (MadeChains.Ordinary(random), false, ChainWeight),
        ];
        foreach (var (own, isAttack, weight) in sources)
        {
            foreach (var e in own)
            {
                var masked = masking.Apply(e, isAttack, further: false, random);
                if (!heldOut.Contains(LaunchKey.Of(e))) yield return new(masked, isAttack, weight, weight);
            }
        }
    }

    /// <summary>Extracts the features of weighted events, in their order.</summary>
    public static IReadOnlyList<ModelRow> Extract(IEnumerable<WeightedEvent> events) => [.. events.AsParallel().AsOrdered().Select(Row)];

    private static ModelRow Row(WeightedEvent e)
    {
        var features = FeatureExtractor.Extract(e.Event);
        return new()
        {
            Features = features.Values,
            Grams = features.Grams,
            ActGrams = features.ActGrams,
            Label = e.IsAttack,
            Weight = (float)e.Weight,
            ActWeight = (float)e.ActWeight,
        };
    }
}

/// <summary>An event to train on.</summary>
/// <param name="Event">The event.</param>
/// <param name="IsAttack">Its label.</param>
/// <param name="Weight">Its weight for the reading of the whole.</param>
/// <param name="ActWeight">Its weight for the reading of the act.</param>
internal readonly record struct WeightedEvent(ProcessEvent Event, bool IsAttack, double Weight, double ActWeight);
