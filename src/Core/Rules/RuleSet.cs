using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Exceptions;
using Changeling.Storing;

namespace Changeling.Rules;

/// <summary>The rules with the ATT&amp;CK names that they are reported under. Immutable, part of the snapshot.</summary>
public sealed class RuleSet
{
    /// <summary>The ATT&amp;CK version that findings name, unless a setting says otherwise.</summary>
    public const string DefaultAttackVersion = "19.1";

    /// <summary>
    /// Maximum number of enabled rules on events. If all fire at once, their finding still fits into
    /// <see cref="StoredDetection.MaxBytes"/>. One transaction has room for it, for the quota or exception of each rule, the event's
    /// counts, and ten near misses of exceptions.
    /// </summary>
    public const int MaxOnEvents = 41;

    private const string Folder = "Changeling.Rules.Definitions.";

    private readonly FrozenDictionary<string, RuleDefinition> _byId;
    private readonly RuleDefinition[] _onEvents;

    private RuleSet(IReadOnlyList<RuleDefinition> definitions, AttackNames attack, DecisionThresholds thresholds)
    {
        Definitions = definitions;
        Attack = attack;
        Thresholds = thresholds;
        _byId = definitions.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        _onEvents = [.. definitions.Where(r => r is { Enabled: true, Condition: not null })];
        OnClusters = [.. definitions.Where(r => r is { Enabled: true, Cluster: not null })];
        if (_onEvents.Length > MaxOnEvents)
            throw new InvalidDataException(
                $"{_onEvents.Length} rules on events are enabled; at most {MaxOnEvents} may be, or one event's detection could become too large.");
    }

    /// <summary>The rules that ship with the program.</summary>
    public static RuleSet Shipped { get; } = new(ReadShipped(), AttackNames.Of(DefaultAttackVersion), DecisionThresholds.Shipped);

    /// <summary>All rules, by id.</summary>
    public IReadOnlyList<RuleDefinition> Definitions { get; }

    /// <summary>Names of tactics and techniques.</summary>
    public AttackNames Attack { get; }

    /// <summary>From when on a launch is malicious, and an incident is sent.</summary>
    public DecisionThresholds Thresholds { get; }

    /// <summary>The enabled rules on sums of launches.</summary>
    public IReadOnlyList<RuleDefinition> OnClusters { get; }

    /// <summary>
    /// The rule whose thresholds people choose with a backtest, the first by id; <see langword="null"/> where none declares any.
    /// </summary>
    public RuleDefinition? Tunable => _onEvents.FirstOrDefault(r => r.TunablePart is not null);

    /// <summary>A rule, enabled or not.</summary>
    public RuleDefinition? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// Whether an exception may name this among its rules: a rule, enabled or not, or <see cref="ExceptionItem.Incidents"/>.
    /// </summary>
    public bool IsExceptable(string name) => name == ExceptionItem.Incidents || Find(name) is not null;

    /// <summary>The enabled rules that fire on an event, by id. On most events none does.</summary>
    public IReadOnlyList<RuleDefinition> Firing(Evidence evidence)
    {
        List<RuleDefinition>? firing = null;
        foreach (var rule in _onEvents) if (rule.Condition!.Holds(evidence)) (firing ??= []).Add(rule);
        return firing ?? (IReadOnlyList<RuleDefinition>)[];
    }

    /// <summary>The same rules under the names of another ATT&amp;CK version.</summary>
    /// <param name="attackVersion">One of <see cref="AttackNames.Versions"/>.</param>
    /// <exception cref="InvalidDataException">The program does not contain this version.</exception>
    public RuleSet Under(string attackVersion) => new(Definitions, AttackNames.Of(attackVersion), Thresholds);

    /// <summary>The rules with some changed or added. Of two changes with the same id, the later one is used.</summary>
    /// <exception cref="InvalidDataException">Too many would be enabled.</exception>
    public RuleSet With(IEnumerable<IRuleChange> changes)
    {
        var (rules, thresholds) = (new SortedDictionary<string, RuleDefinition>(_byId, StringComparer.Ordinal), Thresholds);
        foreach (var change in changes)
        {
            if (change is RuleDefinition rule) rules[rule.Id] = rule;
            else if (change is DecisionThresholds others) thresholds = others;
        }

        return new RuleSet([.. rules.Values], Attack, thresholds);
    }

    private static List<RuleDefinition> ReadShipped()
    {
        var assembly = typeof(RuleSet).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => RuleFile.Read(n[Folder.Length..], Bytes(n)))
            .Cast<RuleDefinition>()];

        byte[] Bytes(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
