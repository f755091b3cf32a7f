using System.Text.Json;

namespace Changeling.Cli.Detections;

/// <summary>What people are shown of one message about an incident. Texts of events are as received.</summary>
internal sealed record IncidentView
{
    /// <summary>The incident's id: the same in all its messages.</summary>
    public required string Id { get; init; }

    /// <summary>Number of messages about it, this one included.</summary>
    public int Revision { get; init; }

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The incident that it was joined to.</summary>
    public string? JoinedTo { get; init; }

    /// <summary>Whether it is an alert.</summary>
    public bool IsAlert { get; init; }

    /// <summary>OCSF's word.</summary>
    public string Severity { get; init; } = "Unknown";

    /// <summary>0–100.</summary>
    public int? Risk { get; init; }

    /// <summary>When the message was made, UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>When the first step was, UTC.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>Why it is worse than its parts.</summary>
    public string Why { get; init; } = "";

    /// <summary>The accounts of people and services.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Tactics by name, in order of their first step.</summary>
    public IReadOnlyList<string> Tactics { get; init; } = [];

    /// <summary>Steps that are not among the processes.</summary>
    public int LeftOut { get; init; }

    /// <summary>Findings of cluster rules that belong to it.</summary>
    public IReadOnlyList<ShownCluster> Clusters { get; init; } = [];

    /// <summary>Its steps and the processes that connect them, grouped by host, depth first.</summary>
    public IReadOnlyList<ShownProcess> Processes { get; init; } = [];

    /// <summary>The steps in order of time.</summary>
    public IEnumerable<ShownProcess> Steps => Processes.Where(p => p.IsStep).OrderBy(p => p.Time);

    /// <summary>Reads a message about an incident, in OCSF (Incident Finding) or ECS.</summary>
    /// <returns><see langword="null"/> for a message about anything else.</returns>
    public static IncidentView? TryRead(JsonElement root)
    {
        var isEcs = root.At("changeling", "incident") is not null;
        if ((isEcs ? root.At("changeling", "incident") : root.At("unmapped", "changeling")) is not { } body) return null;
        if (body.Text("schema")?.StartsWith("changeling.incident/", StringComparison.Ordinal) != true) return null;
        if (body.Text("incident") is not { Length: > 0 } id) return null;

        var time = root.Time("time") ?? root.Time("@timestamp") ?? DateTimeOffset.UnixEpoch;
        return new IncidentView
        {
            Id = id,
            Revision = body.Whole("revision") ?? 0,
            IsClosed = body.Text("status") == "closed",
            JoinedTo = body.Text("joined_to"),
            IsAlert = isEcs ? root.Flag("changeling", "is_alert") : root.Flag("is_alert"),
            Severity = (isEcs ? root.Text("kibana", "alert", "severity") : root.Text("severity")) ?? "Unknown",
            Risk = isEcs ? root.Whole("event", "risk_score") : root.Whole("risk_score"),
            Time = time,
            Start = root.Time("start_time") ?? root.Time("event", "start") ?? time,
            Message = root.Text("message") ?? "",
            Why = body.Text("why") ?? "",
            Users = body.Texts("users"),
            Tactics = body.Texts("tactics"),
            LeftOut = body.Whole("left_out") ?? 0,
            Clusters = [.. body.Items("clusters").Select(ShownCluster.Read)],
            Processes = ShownProcess.List(body.Items("processes")),
        };
    }
}
