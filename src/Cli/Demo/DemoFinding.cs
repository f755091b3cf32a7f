using System.Globalization;
using System.Text.Json;

namespace Changeling.Cli.Demo;

/// <summary>What a demo shows of one finding. Texts of events are as received.</summary>
/// <param name="Json">The finding, one line.</param>
/// <param name="Time">When the launch was, or when the window of a cluster began, UTC.</param>
/// <param name="Severity">OCSF's word.</param>
/// <param name="IsAlert">Whether it is an alert.</param>
/// <param name="Host">The host; for a cluster, the entity that was summed.</param>
/// <param name="What">Parent and command line; for a cluster, the programs.</param>
/// <param name="Rules">Id and title of each rule that fired, the leading one first.</param>
/// <param name="Attacks">ATT&amp;CK ids.</param>
/// <param name="Rarity">0–100; <see langword="null"/> where it is unknown.</param>
/// <param name="Identity">The source's own identity of the event.</param>
internal sealed record DemoFinding(
    string Json,
    DateTimeOffset Time,
    string Severity,
    bool IsAlert,
    string Host,
    string What,
    IReadOnlyList<(string Id, string Title)> Rules,
    IReadOnlyList<string> Attacks,
    double? Rarity,
    string? Identity)
{
    /// <summary>Reads an OCSF finding of the app.</summary>
    public static DemoFinding Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var (info, evidence) = (root.GetProperty("finding_info"), root.GetProperty("evidences")[0]);
        var (host, what) = evidence.TryGetProperty("process", out var process)
            ? (Text(root.GetProperty("device"), "hostname"), Launch(process))
            : Cluster(evidence.GetProperty("data").GetProperty("cluster"));
        return new DemoFinding(
            json,
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("start_time").GetInt64()),
            Text(root, "severity"),
            root.GetProperty("is_alert").GetBoolean(),
            host,
            what,
            [Rule(info.GetProperty("analytic")), .. Items(info, "related_analytics").Select(Rule)],
            [.. Items(info, "attacks").Select(attack => Text(attack.TryGetProperty("sub_technique", out var exact)
                ? exact
                : attack.GetProperty("technique"), "uid"))],
            evidence.GetProperty("data").TryGetProperty("rarity", out var rarity) ? rarity.GetProperty("score").GetDouble() : null,
            root.GetProperty("metadata").TryGetProperty("original_event_uid", out var uid) ? uid.GetString() : null);
    }

    private static string Launch(JsonElement process)
    {
        var parent = process.TryGetProperty("parent_process", out var by) ? Text(by, "name") : "unknown parent";
        return $"{parent} → {(process.TryGetProperty("cmd_line", out var line) ? line.GetString() : Text(process, "name"))}";
    }

    private static (string Entity, string What) Cluster(JsonElement cluster) => (
        $"{Text(cluster, "by")} {Text(cluster, "entity")}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{cluster.GetProperty("launches").GetInt32():N0} launches: {string.Join(", ", Items(cluster, "children").Select(c => c.GetString()))}"));

    private static (string Id, string Title) Rule(JsonElement analytic) => (Text(analytic, "uid"), Text(analytic, "name"));

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
