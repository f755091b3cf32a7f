using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Changeling.Rules;

/// <summary>The enabled rules with the ATT&amp;CK names that they are reported under. Immutable, part of the snapshot.</summary>
public sealed class RuleSet
{
    private const string ResourceFolder = "Changeling.Rules.Definitions.";
    private const string AttackFile = ResourceFolder + "attack-19.1.json";

    private RuleSet(IReadOnlyList<RuleDefinition> definitions, AttackNames attack)
    {
        Definitions = definitions;
        Attack = attack;
    }

    /// <summary>The rules that ship with the program.</summary>
    public static RuleSet Shipped { get; } = ReadShipped();

    /// <summary>All rules, by id.</summary>
    public IReadOnlyList<RuleDefinition> Definitions { get; }

    /// <summary>Names of tactics and techniques.</summary>
    public AttackNames Attack { get; }

    /// <summary>The enabled rules that fire on an event.</summary>
    public IEnumerable<RuleDefinition> Firing(Evidence evidence) =>
        Definitions.Where(r => r.Enabled && r.Condition.Holds(evidence.Prediction.IsMalicious, evidence.Rarity?.Score));

    private static RuleSet ReadShipped()
    {
        var names = typeof(RuleSet).Assembly.GetManifestResourceNames();
        var definitions = names
            .Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal) && n != AttackFile)
            .Order(StringComparer.Ordinal)
            .Select(n => Read(n, RuleJsonContext.Default.RuleDefinition));
        return new RuleSet([.. definitions], Read(AttackFile, RuleJsonContext.Default.AttackNames));
    }

    private static T Read<T>(string resource, JsonTypeInfo<T> type)
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize(stream, type) ?? throw new InvalidDataException($"{resource} holds null");
    }
}
