namespace Changeling.Training;

/// <summary>What rows must hold so that a model can be trained and measured on them.</summary>
internal static class TrainableCorpus
{
    /// <summary>Fewer different launches of a label give figures that mean nothing.</summary>
    public const int MinTuples = 20;

    /// <summary>Checks rows before the work of a training.</summary>
    /// <param name="rows">All rows of the folder that are used.</param>
    /// <param name="folder">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">Something is missing; the message says what, and what to add.</exception>
    public static void Require(IReadOnlyList<CorpusRow> rows, string folder)
    {
        Require([.. rows.Where(r => r.Label == 1)], "attacks (label 1)", folder);
        Require([.. rows.Where(r => r.Label == 0)], "ordinary launches (label 0)", folder);
    }

    private static void Require(IReadOnlyList<CorpusRow> labelled, string what, string folder)
    {
        var usable = labelled.Where(r => !r.IsWeak).ToList();
        if (usable.Count == 0)
        {
            throw new InvalidDataException(
                $"{folder} has no {what}{(labelled.Count > 0 ? " that are not weak" : "")}; training needs both attacks and ordinary launches.");
        }

        var tuples = usable.Select(r => r.TupleId).Distinct(StringComparer.Ordinal).Count();
        if (tuples < MinTuples)
        {
            throw new InvalidDataException(
                $"{folder} has {tuples} different {what}, and training needs at least {MinTuples}; add more rows.");
        }

        var measured = usable.Where(r => r.IsRecorded).ToList();
        if (measured.Count == 0)
        {
            throw new InvalidDataException(
                $"{folder} has no recorded {what}, and a model is measured on recordings; add rows to recorded.jsonl.gz.");
        }

        var datasets = measured.Select(r => r.Dataset).ToHashSet(StringComparer.Ordinal);
        if (datasets.Select(CorpusFolds.Of).Distinct().Count() < 2)
        {
            throw new InvalidDataException(
                $"The recorded {what} of {folder} are in {datasets.Count} dataset{(datasets.Count == 1 ? "" : "s of one fold")}, so no model can be measured on one that it has not seen; give each incident, test or machine a dataset of its own, better five or more.");
        }
    }
}
