using System.Text.Json;
using System.Text.RegularExpressions;

namespace Changeling.TestSupport.Contract;

/// <summary>
/// Holds a finding against our table of OCSF facts (<c>ocsf-1.8.0.txt</c>): known attributes only, required ones there, types,
/// numbers with the caption that belongs to them, nothing deprecated, the constraints of objects.
/// </summary>
public sealed partial class OcsfFacts
{
    private readonly Dictionary<string, OcsfObject> _objects = new(StringComparer.Ordinal);

    private OcsfFacts(IEnumerable<string> lines)
    {
        OcsfObject? current = null;
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == '[') _objects.Add(line[1..^1], current = new OcsfObject());
            else current!.Add([.. line.Split('|').Select(part => part.Trim())]);
        }
    }

    public static OcsfFacts Version180 { get; } = new(
        File.ReadLines(RepositoryRoot.Combine("tests", "TestSupport", "Contract", "ocsf-1.8.0.txt")));

    /// <summary>What is wrong with a finding of either class, each with its path; empty for a good one.</summary>
    public IReadOnlyList<string> Faults(JsonElement finding)
    {
        var faults = new List<string>();
        var isIncident = finding.TryGetProperty("class_uid", out var uid) && uid.GetRawText() == "2005";
        Check(isIncident ? "incident_finding" : "detection_finding", finding, "", faults);
        return faults;
    }

    private void Check(string type, JsonElement value, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path} is no object {type}");
            return;
        }

        var facts = _objects[type];
        foreach (var property in value.EnumerateObject())
        {
            if (!facts.Attributes.TryGetValue(property.Name, out var attribute))
                faults.Add($"{path}/{property.Name} is not known of {type}");
            else CheckAttribute(attribute, property.Value, value, $"{path}/{property.Name}", faults);
        }

        faults.AddRange(facts.Attributes.Where(a => a.Value.Requirement == "required" && !value.TryGetProperty(a.Key, out _))
            .Select(a => $"{path}/{a.Key} is required"));
        if (facts.AtLeastOne.Count > 0 && !facts.AtLeastOne.Any(name => value.TryGetProperty(name, out _)))
            faults.Add($"{path} needs one of {string.Join(", ", facts.AtLeastOne)}");
    }

    private void CheckAttribute(OcsfAttribute attribute, JsonElement value, JsonElement owner, string path, List<string> faults)
    {
        if (attribute.Requirement == "deprecated") faults.Add($"{path} is deprecated");
        if (!attribute.IsArray) CheckValue(attribute.Type, value, path, faults);
        else if (value.ValueKind != JsonValueKind.Array) faults.Add($"{path} is no array");
        else foreach (var (index, item) in value.EnumerateArray().Index()) CheckValue(attribute.Type, item, $"{path}/{index}", faults);

        if (attribute.Captions is not { } captions || value.ValueKind != JsonValueKind.Number) return;
        if (!captions.TryGetValue(value.GetInt64(), out var caption)) faults.Add($"{path} has no value {value}");
        else if (owner.TryGetProperty(attribute.Sibling!, out var said) && said.ToString() != caption)
            faults.Add($"{path} is {value}, whose caption is {caption}, not {said}");
    }

    private void CheckValue(string type, JsonElement value, string path, List<string> faults)
    {
        var good = type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "json" => true,
            _ => CheckObject(),
        };
        if (!good) faults.Add($"{path} is no {type}");

        bool CheckObject()
        {
            Check(type, value, path, faults);
            return true;
        }
    }

    private sealed record OcsfAttribute(
        string Requirement, string Type, bool IsArray, IReadOnlyDictionary<long, string>? Captions, string? Sibling);

    private sealed partial class OcsfObject
    {
        public Dictionary<string, OcsfAttribute> Attributes { get; } = new(StringComparer.Ordinal);

        public List<string> AtLeastOne { get; } = [];

        public void Add(string[] parts)
        {
            if (parts[0] == "at_least_one")
            {
                AtLeastOne.AddRange(parts[1].Split(' '));
                return;
            }

            var isArray = parts[2].EndsWith("[]", StringComparison.Ordinal);
            var values = parts.Length > 3
                ? Values().Matches(parts[3]).ToDictionary(m => long.Parse(m.Groups[1].ValueSpan, provider: null), m => m.Groups[2].Value)
                : null;
            Attributes.Add(
                parts[0],
                new(parts[1], isArray ? parts[2][..^2] : parts[2], isArray, values, values is null ? null : parts[3].Split('~')[1]));
        }

        [GeneratedRegex(@"(\d+)=([^;~]+?)\s*(?=[;~])")]
        private static partial Regex Values();
    }
}
