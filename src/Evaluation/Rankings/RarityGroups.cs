namespace Changeling.Evaluation.Rankings;

/// <summary>Divides measured launches into the groups of a report.</summary>
internal static class RarityGroups
{
    /// <summary>All, weak steps apart, and by repository.</summary>
    /// <param name="measured">Launches rated above one baseline.</param>
    /// <param name="names">The measures' names.</param>
    /// <param name="sharedBackground">Whether every repository is ranked against the whole background, as in a fleet.</param>
    public static IReadOnlyList<GroupReport> Of(IReadOnlyList<Measured> measured, IReadOnlyList<string> names, bool sharedBackground)
    {
        var strong = measured.Where(m => !(m.IsAttack && m.Row!.IsWeak)).ToList();
        var weak = measured.Where(m => !m.IsAttack || m.Row!.IsWeak).ToList();
        var repositories = strong.Where(m => m.IsAttack)
            .Select(m => m.Row!.Repository)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return
        [
            Group("all", strong, names),
            .. repositories.Select(name => Group(
                name, [.. strong.Where(m => m.IsAttack || !sharedBackground ? m.Row!.Repository == name : true)], names)),
            Group("all, weak steps", weak, names),
        ];
    }

    private static GroupReport Group(string name, List<Measured> launches, IReadOnlyList<string> names)
    {
        var hasModel = launches.Count > 0 && !double.IsNaN(launches[0].Probability);
        var attacks = launches.Where(m => m.IsAttack).ToList();
        return new GroupReport(
            name,
            attacks.Select(m => m.Row!.Dataset).Distinct(StringComparer.Ordinal).Count(),
            attacks.Count,
            launches.Count - attacks.Count,
            hasModel ? Ranking.Of(launches, m => m.Probability) : null,
            [.. names.Select((measure, i) => Measure(measure, i, launches, hasModel))]);
    }

    private static MeasureReport Measure(string name, int index, List<Measured> launches, bool hasModel)
    {
        var scale = new RarityScale(launches, index);
        return new MeasureReport(
            name,
            Ranking.Of(launches, m => m.Surprises[index]),
            hasModel ? Ranking.Of(launches, m => m.Probability * scale.Of(m.Surprises[index])) : null);
    }
}
