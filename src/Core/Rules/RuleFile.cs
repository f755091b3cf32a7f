using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Catalogues;
using Changeling.Exceptions;

namespace Changeling.Rules;

/// <summary>
/// A rule as a file: a whole definition, or the changes of a shipped one. A file with the id of a shipped rule needs only the fields that
/// differ (a JSON merge patch, RFC 7386). If it has no version, the rule gets the shipped version and the file's digest. A file with the id
/// <see cref="DecisionThresholds.FileId"/> is not a rule but <see cref="DecisionThresholds"/>.
/// </summary>
public static partial class RuleFile
{
    /// <summary>Reads and checks a file.</summary>
    /// <param name="file">Its name, for the message.</param>
    /// <param name="json">UTF-8 JSON, an object.</param>
    /// <param name="shipped">The rules that it may change.</param>
    /// <exception cref="InvalidDataException">It is not a valid rule; the message names file and field.</exception>
    public static IRuleChange Read(string file, ReadOnlySpan<byte> json, RuleSet? shipped = null)
    {
        if (StrictJson.Problem(json) is { } fault) throw new InvalidDataException($"rule file {file}: {fault}");
        try
        {
            if (JsonNode.Parse(json) is not JsonObject given)
                throw new InvalidDataException($"rule file {file}: must hold one JSON object");
            var id = given["id"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (id == DecisionThresholds.FileId) return ThresholdsOf(file, given);
            var known = id is null ? null : shipped?.Find(id);
            var whole = known is null ? given : Merged(known, given, Convert.ToHexStringLower(SHA256.HashData(json))[..8]);
            var rule = whole.Deserialize(RuleJsonContext.Default.RuleDefinition)!;
            if (Problem(rule, needsExamples: known is null) is { } problem) throw new InvalidDataException($"rule file {file}: {problem}");
            return rule;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"rule file {file}: {exception.Message}", exception);
        }
    }

    /// <summary>A rule or thresholds as the JSON of a file; properties without a value are left out.</summary>
    public static JsonObject Json(IRuleChange change) => change switch
    {
        RuleDefinition rule => JsonSerializer.SerializeToNode(rule, RuleJsonContext.Default.RuleDefinition)!.AsObject(),
        DecisionThresholds thresholds => JsonSerializer.SerializeToNode(thresholds, RuleJsonContext.Default.DecisionThresholds)!.AsObject(),
        _ => throw new ArgumentException($"{change.GetType().Name} is not the content of a file.", nameof(change)),
    };

    private static DecisionThresholds ThresholdsOf(string file, JsonObject given)
    {
        var thresholds = given.Deserialize(RuleJsonContext.Default.DecisionThresholds)!;
        return thresholds.Problem() is { } problem ? throw new InvalidDataException($"rule file {file}: {problem}") : thresholds;
    }

    /// <summary>The shipped examples belong to the shipped thresholds: a changed rule keeps only examples of its own.</summary>
    private static JsonObject Merged(RuleDefinition known, JsonObject changes, string digest)
    {
        var whole = JsonSerializer.SerializeToNode(known with { Examples = [] }, RuleJsonContext.Default.RuleDefinition)!.AsObject();
        whole["version"] = $"{known.Version}+{digest}";
        Merge(whole, changes);
        return whole;
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject old) Merge(old, inner);
            else target[name] = value.DeepClone();
        }
    }

    private static string? Problem(RuleDefinition rule, bool needsExamples)
    {
        if (!Id().IsMatch(rule.Id)) return $"id is '{rule.Id}', must be 1 to 64 characters of a-z, 0-9 and '-'";
        if (rule.Id == ExceptionItem.Incidents)
            return $"id is '{rule.Id}', which is the word for incidents in exceptions; choose another one";
        if (rule.Name.Length is 0 or > 128) return "name must have 1 to 128 characters";
        if (rule.Version.Length is 0 or > 64) return "version must have 1 to 64 characters";
        if (rule.Description.Length == 0) return "description is empty";
        if (rule.Triage.Count == 0) return "triage is empty: say what fired, how to check, known benign causes, response";
        if (rule.RiskScore != RiskOf(rule.Severity))
            return $"riskScore is {rule.RiskScore}, must be {RiskOf(rule.Severity)} for severity {rule.Severity}";
        if (rule.MostPerHour is < 1 or > 10_000) return $"mostPerHour is {rule.MostPerHour}, must be from 1 to 10000";
        if (rule.Attack.FirstOrDefault(a => !Tactic().IsMatch(a.Tactic) || !Technique().IsMatch(a.Technique)) is { } bad)
            return $"attack has '{bad.Tactic}' and '{bad.Technique}', must be ids such as TA0005 and T1218 or T1218.011";
        if (rule.Condition is null == rule.Cluster is null) return "must have either condition or cluster";
        if (rule.Cluster is not null && rule.MostPerHour is not null)
            return "mostPerHour is for rules on events: a cluster fires once in its window";
        if ((rule.Condition?.Problem("condition") ?? rule.Cluster?.Problem()) is { } problem) return problem;
        if (needsExamples && !(rule.Examples.Any(e => e.Fires) && rule.Examples.Any(e => !e.Fires)))
            return "examples must hold at least one that fires and one that does not";
        return rule.Examples.FirstOrDefault(e => !e.IsMetBy(rule)) is { } unmet
            ? $"example '{unmet.Say}' {(unmet.Fires ? "must fire and does not" : "must not fire and does")}"
            : null;
    }

    private static int RiskOf(Severity severity) => severity switch
    {
        Severity.Low => 21,
        Severity.Medium => 47,
        Severity.High => 73,
        _ => 99,
    };

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex("^TA[0-9]{4}$")]
    private static partial Regex Tactic();

    [GeneratedRegex(@"^T[0-9]{4}(\.[0-9]{3})?$")]
    private static partial Regex Technique();
}
