using System.Text.Json;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Incidents;

/// <summary>Our own part of a message about an incident, versioned by its <c>schema</c> constant; the same in OCSF and in ECS.</summary>
internal static class IncidentJson
{
    /// <summary>Name and version of the layout.</summary>
    public const string Schema = "changeling.incident/1";

    public static void Write(Utf8JsonWriter json, string property, IncidentMessageParts message)
    {
        var (incident, limits) = (message.Incident, message.Limits);
        json.WriteStartObject(property);
        json.WriteString("schema", Schema);
        json.WriteString("incident", incident.Id);
        json.WriteNumber("revision", incident.Revision);
        json.WriteString("activity", WordOf(message.Activity));
        json.WriteString("status", message.Activity == IncidentActivity.Close ? "closed" : "open");
        if (incident.JoinedTo is { } other) json.WriteString("joined_to", other);
        json.WriteString("created", (incident.Created ?? message.Now).UtcDateTime);
        json.WriteNumber("score", Math.Round(incident.Score, 4));
        json.WriteNumber("steps", message.Steps);
        json.WriteNumber("findings", incident.Members.Count(m => m.Signal.IsFinding));
        json.WriteNumber("left_out", message.LeftOut);
        WriteTexts(json, "hosts", message.Hosts, limits);
        WriteTexts(json, "users", message.Users, limits);
        WriteTexts(json, "system_users", message.SystemUsers, limits);
        WriteTexts(json, "tactics", incident.Tactics(message.Names).Take(limits.List), limits);
        json.WriteString("why", message.Why);
        WriteClusters(json, incident.Clusters.Take(limits.List), limits);
        json.WriteStartArray("processes");
        foreach (var process in message.Tree.Processes) WriteProcess(json, process, limits);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The word for an activity.</summary>
    public static string WordOf(IncidentActivity activity) => activity switch
    {
        IncidentActivity.Create => "create",
        IncidentActivity.Update => "update",
        _ => "close",
    };

    /// <summary>A list of texts, each cut.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string property, IEnumerable<string> texts, IncidentLimits limits)
    {
        json.WriteStartArray(property);
        foreach (var text in texts) json.WriteStringValue(Cut(text, limits.Text));
        json.WriteEndArray();
    }

    private static void WriteClusters(Utf8JsonWriter json, IEnumerable<IncidentCluster> clusters, IncidentLimits limits)
    {
        json.WriteStartArray("clusters");
        foreach (var cluster in clusters)
        {
            json.WriteStartObject();
            json.WriteString("rule", Cut(cluster.Rule, limits.Text));
            json.WriteString("about", Cut(cluster.Entity, limits.Text));
            json.WriteString("window", cluster.Window.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProcess(Utf8JsonWriter json, TreeProcess process, IncidentLimits limits)
    {
        json.WriteStartObject();
        json.WriteString("host", Cut(process.Host, limits.Text));
        if (process.Parent is { } parent) json.WriteNumber("parent", parent);
        json.WriteString("name", Cut(process.Process.Name, limits.Text));
        if (process.Process.CommandLine is { } line) json.WriteString("command_line", Cut(line, limits.CommandLine));
        if (process.Process.Pid is { } pid) json.WriteNumber("pid", pid);
        if (process.Process.Guid is { } guid) json.WriteString("guid", Cut(guid, limits.Text));
        json.WriteBoolean("member", process.Member is not null);
        if (process.Member is { } member) WriteMember(json, member, limits);
        else if (process.Process.Probability is { } probability) json.WriteNumber("probability", Math.Round(probability, 4));
        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, IncidentMember member, IncidentLimits limits)
    {
        var signal = member.Signal;
        json.WriteString("uid", signal.Uid);
        json.WriteString("time", signal.Started.UtcDateTime);
        json.WriteString("last_time", member.LastTime.UtcDateTime);
        if (signal.User is { } user) json.WriteString("user", Cut(user, limits.Text));
        json.WriteNumber("probability", Math.Round(signal.Probability, 4));
        if (signal.Act is { } act) json.WriteNumber("act", Math.Round(act, 4));
        if (signal.Rarity is { } rarity) json.WriteNumber("rarity", Math.Round(rarity, 1));
        json.WriteNumber("risk_score", signal.Risk);
        json.WriteString("severity", signal.Severity.ToString());
        json.WriteStartArray("rules");
        foreach (var rule in signal.Rules.Take(limits.Items))
        {
            json.WriteStartObject();
            json.WriteString("id", Cut(rule.Id, limits.Text));
            json.WriteString("name", Cut(rule.Name, limits.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("attacks");
        foreach (var attack in signal.Attacks.Take(limits.Items))
        {
            json.WriteStartObject();
            json.WriteString("tactic", attack.Tactic);
            json.WriteString("technique", attack.Technique);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "reasons", signal.Reasons.Take(limits.Items), limits);
        json.WriteNumber("count", member.Count);
        json.WriteNumber("weight", Math.Round(member.Weight, 4));
    }
}
