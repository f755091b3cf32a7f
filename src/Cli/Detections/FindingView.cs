using System.Globalization;
using System.Text.Json;

namespace Changeling.Cli.Detections;

/// <summary>What people are shown of one finding. Texts of events are as received.</summary>
internal sealed record FindingView
{
    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>When the launch was, or when the window of a cluster began, UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>OCSF's word.</summary>
    public string Severity { get; init; } = "Unknown";

    /// <summary>Whether it is an alert.</summary>
    public bool IsAlert { get; init; }

    /// <summary>The host; for a cluster, the entity that was summed.</summary>
    public string Host { get; init; } = "";

    /// <summary>The parent, if known; empty for a cluster.</summary>
    public string Parent { get; init; } = "";

    /// <summary>The command line, or the name of a process without one; for a cluster, the programs.</summary>
    public string What { get; init; } = "";

    /// <summary>Id and title of each rule that fired, the leading one first.</summary>
    public IReadOnlyList<(string Id, string Title)> Rules { get; init; } = [];

    /// <summary>What a cluster rule reported; <see langword="null"/> for a finding about one launch.</summary>
    public ShownCluster? Cluster { get; init; }

    /// <summary>Reads a finding, in OCSF (Detection Finding) or ECS.</summary>
    /// <returns><see langword="null"/> for a message about anything else.</returns>
    public static FindingView? TryRead(JsonElement root)
    {
        if (root.Whole("class_uid") == 2004) return OfOcsf(root);
        return root.At("changeling", "evidence") is null ? null : OfEcs(root);
    }

    private static FindingView OfOcsf(JsonElement root)
    {
        var evidence = root.Items("evidences").FirstOrDefault();
        var finding = new FindingView
        {
            Id = root.Text("finding_info", "uid") ?? "",
            Time = root.Time("start_time") ?? root.Time("time") ?? DateTimeOffset.UnixEpoch,
            Severity = root.Text("severity") ?? "Unknown",
            IsAlert = root.Flag("is_alert"),
            Rules =
            [
                .. new[] { root.At("finding_info", "analytic") }.OfType<JsonElement>()
                    .Concat(root.Items("finding_info", "related_analytics"))
                    .Select(rule => Rule(rule, "uid")),
            ],
        };
        return evidence.At("data", "cluster") is { } cluster ? finding.About(cluster) : finding with
        {
            Host = root.Text("device", "hostname") ?? "",
            Parent = evidence.Text("process", "parent_process", "name") ?? "",
            What = evidence.Text("process", "cmd_line") ?? evidence.Text("process", "name") ?? "",
        };
    }

    private static FindingView OfEcs(JsonElement root)
    {
        var finding = new FindingView
        {
            Id = root.Text("event", "id") ?? "",
            Time = root.Time("event", "start") ?? root.Time("@timestamp") ?? DateTimeOffset.UnixEpoch,
            Severity = root.Text("kibana", "alert", "severity") ?? "Unknown",
            IsAlert = root.Flag("changeling", "is_alert"),
            Rules = [.. root.Items("changeling", "evidence", "rules").Select(rule => Rule(rule, "id"))],
        };
        if (finding.Rules.Count == 0 && root.At("rule") is { } leading) finding = finding with { Rules = [Rule(leading, "id")] };
        return root.At("changeling", "evidence", "cluster") is { } cluster ? finding.About(cluster) : finding with
        {
            Host = root.Text("host", "name") ?? "",
            Parent = root.Text("process", "parent", "name") ?? "",
            What = root.Text("process", "command_line") ?? root.Text("process", "name") ?? "",
        };
    }

    private FindingView About(JsonElement cluster) => this with
    {
        Cluster = new ShownCluster(Rules.Count > 0 ? Rules[0].Id : "", cluster.Text("entity") ?? "", Time),
        Host = $"{cluster.Text("by")} {cluster.Text("entity")}",
        What = string.Create(
            CultureInfo.InvariantCulture, $"{cluster.Whole("launches"):N0} launches: {string.Join(", ", cluster.Texts("children"))}"),
    };

    private static (string Id, string Title) Rule(JsonElement rule, string id) =>
        (rule.Text(id) ?? "", rule.Text("name") ?? rule.Text(id) ?? "");
}
