using Changeling.Events;

namespace Changeling.Training.Unseen;

/// <summary>The figures of the case files, by a model that was not trained on them.</summary>
/// <param name="cases">The cases.</param>
/// <param name="margin">The model: the log-odds of a launch.</param>
/// <param name="threshold">The margin at the threshold.</param>
internal sealed class CaseFigures(LaunchCases cases, Func<ProcessEvent, double> margin, double threshold)
{
    /// <summary>A benign launch whose probability moves by more than this in another form is judged by its form.</summary>
    private const double MaxMove = 0.1;

    /// <summary>Share of the attacks and of the benign launches above the threshold, in all and by kind.</summary>
    public IEnumerable<UnseenFigure> Cases() => Cases("attacks", cases.Attacks, 1).Concat(Cases("benign", cases.Benign, 0));

    /// <summary>Share above the threshold of our own lures whose commands, comments and addresses are never trained on.</summary>
    /// <param name="seed">Seed of how they are combined.</param>
    public UnseenFigure Lures(int seed)
    {
        var lures = MadeLures.Measured(new Random(seed)).ToList();
        return new("lures", "own lures in unseen forms", "above the threshold", Share(lures, IsAbove), lures.Count, 0);
    }

    /// <summary>
    /// Share of launches that another form takes below the threshold, of those whose base is above it; in all and by transform. Some bases
    /// are in no file, so the share of all other forms below the threshold is given too.
    /// </summary>
    public IEnumerable<UnseenFigure> Evasion()
    {
        var bases = cases.Attacks.Select(c => (c.Id, c.Event))
            .Concat(cases.Evasion.Where(c => c.Transform == LaunchCases.NoTransform).Select(c => (Id: c.Base!, c.Event)))
            .DistinctBy(c => c.Id)
            .ToDictionary(c => c.Id, c => IsAbove(c.Event), StringComparer.Ordinal);
        var variants = cases.Evasion.Where(c => c.Label == 1 && c.Transform != LaunchCases.NoTransform)
            .Select(c => (Transform: c.Transform!, Base: c.Base is { } id && bases.TryGetValue(id, out var found) ? found : (bool?)null,
                IsAbove: IsAbove(c.Event)))
            .ToList();
        var found = variants.Where(v => v.Base == true).ToList();
        return found.GroupBy(v => v.Transform, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Below(g.Key, "falls below the threshold", [.. g]))
            .Prepend(Below("all transforms", "below the threshold, whatever the base", variants))
            .Prepend(Below("all transforms", "falls below the threshold", found));

        static UnseenFigure Below(string set, string measure, IReadOnlyList<(string Transform, bool? Base, bool IsAbove)> part) =>
            new("evasion", set, measure, Share(part, v => !v.IsAbove), part.Count, 0);
    }

    /// <summary>Share of other forms of the benign launches that move the probability by more than 0.1; in all and by form.</summary>
    /// <param name="probability">The probability of a margin.</param>
    public IEnumerable<UnseenFigure> Form(Func<double, double> probability)
    {
        var variants = cases.Benign.Where(c => c.Label == 0).AsParallel().AsOrdered().SelectMany(c =>
        {
            var own = probability(margin(c.Event));
            return FormVariants.Of(c.Event)
                .Select(v => (v.Transform, HasMoved: Math.Abs(probability(margin(v.Variant)) - own) > MaxMove))
                .ToList();
        }).ToList();
        return Of("all forms", variants)
            .Concat(variants.GroupBy(v => v.Transform, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .SelectMany(g => Of(g.Key, [.. g])));

        static IEnumerable<UnseenFigure> Of(string set, IReadOnlyList<(string Transform, bool HasMoved)> part) =>
            [new("form", set, "moves by more than 0.1", Share(part, v => v.HasMoved), part.Count, 0)];
    }

    private IEnumerable<UnseenFigure> Cases(string set, IEnumerable<LaunchCase> launches, int label)
    {
        var counted = launches.Where(c => c.Label == label).Select(c => (c.Kind, IsAbove: IsAbove(c.Event))).ToList();
        return counted.GroupBy(c => c.Kind, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => ($"{set}, {g.Key}", g.ToList()))
            .Prepend((set, counted))
            .Select(g => new UnseenFigure("cases", g.Item1, "above the threshold", Share(g.Item2, c => c.IsAbove), g.Item2.Count, 0));
    }

    private bool IsAbove(ProcessEvent e) => margin(e) >= threshold;

    private static double Share<T>(IReadOnlyCollection<T> all, Func<T, bool> isCounted) =>
        all.Count == 0 ? double.NaN : (double)all.Count(isCounted) / all.Count;
}
