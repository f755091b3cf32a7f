using System.Collections.Frozen;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Exceptions;

/// <summary>
/// All exceptions, compiled once, with the host groups that they name. Immutable, part of the snapshot. Items with an exact parent and an
/// exact child are found through an index of these names. All other items are tried one by one.
/// </summary>
public sealed class ExceptionList
{
    /// <summary>Maximum number of items.</summary>
    public const int MaxItems = 2_000;

    private readonly HostGroups _groups;
    private readonly CompiledItem[] _anyLaunch;
    private readonly FrozenDictionary<string, CompiledItem[]> _byChild;
    private readonly FrozenDictionary<string, CompiledItem[]> _byParent;
    private readonly FrozenDictionary<string, int> _ofRule;
    private readonly int _ofAllRules;

    private ExceptionList(IReadOnlyList<ExceptionItem> items, HostGroups groups)
    {
        (Items, _groups) = (items, groups);
        var enabled = items.Where(i => i.Enabled).Select(i => new CompiledItem(i)).ToList();
        var byPair = enabled.Where(IsOfOnePair).ToList();
        _anyLaunch = [.. enabled.Except(byPair)];
        _byChild = Index(byPair, ExceptionFields.Child);
        _byParent = Index(byPair, ExceptionFields.Parent);
        _ofAllRules = enabled.Count(i => i.Item.Rules is null);
        _ofRule = enabled.SelectMany(i => i.Item.Rules?.Distinct(StringComparer.Ordinal) ?? [])
            .CountBy(rule => rule)
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>No exceptions.</summary>
    public static ExceptionList Empty { get; } = new([], HostGroups.None);

    /// <summary>All items, disabled and expired ones included, in order of id.</summary>
    public IReadOnlyList<ExceptionItem> Items { get; }

    /// <summary>Compiles items; ids must differ.</summary>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public static ExceptionList Of(IEnumerable<ExceptionItem> items, HostGroups groups)
    {
        var all = items.OrderBy(i => i.Id, StringComparer.Ordinal).ToList();
        return all.Count <= MaxItems
            ? new(all, groups)
            : throw new InvalidDataException(
                $"{all.Count:N0} exceptions; at most {MaxItems:N0} are allowed: remove those that are never hit.");
    }

    /// <summary>Enabled items that have expired at a time.</summary>
    public int ExpiredAt(DateTimeOffset time) => Items.Count(i => i.Enabled && i.IsExpiredAt(time));

    /// <summary>Enabled items that apply to a rule.</summary>
    public int CountFor(string ruleId) => _ofAllRules + _ofRule.GetValueOrDefault(ruleId);

    /// <summary>Applies the exceptions to a launch. Items are tried in order of id, and the first that matches suppresses.</summary>
    /// <param name="e">The launch.</param>
    /// <param name="clock">The partition clock, which decides whether items have expired.</param>
    /// <param name="rules">Ids of the rules that fired.</param>
    /// <param name="isSummed">Whether the launch would add to the sums of the cluster rules.</param>
    public ExceptionRuling Consult(ProcessEvent e, DateTimeOffset clock, IReadOnlyList<string> rules, bool isSummed) =>
        Items.Count == 0 || (rules.Count == 0 && !isSummed)
            ? ExceptionRuling.None
            : Consult(FieldValues.Of(e, _groups), clock, rules, isSummed);

    /// <summary>
    /// Applies the exceptions to a cluster of launches in the same way. The end of its window decides whether items have expired.
    /// </summary>
    /// <param name="cluster">The window and its parent, host or user.</param>
    /// <param name="rules">Ids of the cluster rules that fired.</param>
    public ExceptionRuling Consult(SumKey cluster, IReadOnlyList<string> rules) =>
        Items.Count == 0 || rules.Count == 0
            ? ExceptionRuling.None
            : Consult(FieldValues.Of(cluster, _groups), cluster.Window.End, rules, isSummed: false);

    /// <summary>
    /// The part of a ruling that a rule's detection reports; <see langword="null"/> where there are no exceptions at all.
    /// </summary>
    public ExceptionEvidence? EvidenceFor(string ruleId, ExceptionRuling ruling)
    {
        if (Items.Count == 0) return null;
        var matched = ruling.Suppressed.GetValueOrDefault(ruleId);
        return new ExceptionEvidence(
            CountFor(ruleId), matched is null ? [.. ruling.Near.Where(n => n.Item.AppliesTo(ruleId))] : [], matched);
    }

    private ExceptionRuling Consult(FieldValues fields, DateTimeOffset clock, IReadOnlyList<string> rules, bool isSummed)
    {
        var suppressed = new Dictionary<string, ExceptionItem>(StringComparer.Ordinal);
        ExceptionItem? unsummed = null;
        var near = new List<NearMiss>();
        foreach (var compiled in Candidates(fields))
        {
            var item = compiled.Item;
            if (compiled.Matches(fields, clock, out var differsIn))
            {
                foreach (var rule in rules.Where(item.AppliesTo)) suppressed.TryAdd(rule, item);
                if (isSummed && item.Rules is null) unsummed ??= item;
            }
            else if (differsIn is not null)
            {
                near.Add(new NearMiss(item, differsIn));
            }
        }

        return new ExceptionRuling(
            suppressed,
            unsummed,
            [.. near.Where(n => rules.Any(r => n.Item.AppliesTo(r) && !suppressed.ContainsKey(r))).Take(ExceptionRuling.MaxNear)]);
    }

    /// <summary>All items except those that differ in both parent and child, and so cannot be hit or nearly hit.</summary>
    private IEnumerable<CompiledItem> Candidates(FieldValues fields) =>
        _anyLaunch.Concat(Found(_byChild, fields[ExceptionFields.Child])).Concat(Found(_byParent, fields[ExceptionFields.Parent]))
            .Distinct().OrderBy(i => i.Item.Id, StringComparer.Ordinal);

    private static IEnumerable<CompiledItem> Found(FrozenDictionary<string, CompiledItem[]> index, string[] names) =>
        names.SelectMany(name => index.TryGetValue(name, out var items) ? items : []);

    private static bool IsOfOnePair(CompiledItem item) =>
        item.ExactValues(ExceptionFields.Child) is not null && item.ExactValues(ExceptionFields.Parent) is not null;

    private static FrozenDictionary<string, CompiledItem[]> Index(IEnumerable<CompiledItem> items, string field) => items
        .SelectMany(i => i.ExactValues(field)!.Distinct(StringComparer.Ordinal).Select(name => (name, i)))
        .GroupBy(x => x.name, x => x.i, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
}
