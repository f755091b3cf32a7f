using System.Text.Json;

namespace Changeling.Cli.Detections;

/// <summary>A process of an incident: one of its steps, or a process above one that only connects.</summary>
internal sealed record ShownProcess
{
    /// <summary>More processes than any incident has. Those of a message that has still more are not shown.</summary>
    private const int Most = 512;

    /// <summary>The host.</summary>
    public string Host { get; init; } = "";

    /// <summary>Place of the parent in the list; <see langword="null"/> for a root.</summary>
    /// <value>Smaller than the process's own place, so that there is no circle.</value>
    public int? Parent { get; init; }

    /// <summary>File name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The command line, if known.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Whether it is a step.</summary>
    public bool IsStep { get; init; }

    /// <summary>The id of its finding.</summary>
    public string? Uid { get; init; }

    /// <summary>When it started, UTC; unknown for a process that only connects.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it was last repeated, UTC.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>How often it was seen.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>OCSF's word.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Titles of the rules that fired; none for a launch that only the model dislikes.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>ATT&amp;CK ids.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>The strongest reasons in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Reads a list of processes. A parent that cannot be right is as if it were unknown.</summary>
    public static IReadOnlyList<ShownProcess> List(IEnumerable<JsonElement> items) =>
        [.. items.Take(Most).Select((item, place) => Read(item) is var process && process.Parent < place && process.Parent >= 0
            ? process
            : process with { Parent = null })];

    private static ShownProcess Read(JsonElement item) => new()
    {
        Host = item.Text("host") ?? "",
        Parent = item.Whole("parent"),
        Name = item.Text("name") ?? "",
        CommandLine = item.Text("command_line") is { Length: > 0 } line ? line : null,
        IsStep = item.Flag("member"),
        Uid = item.Text("uid"),
        Time = item.Time("time"),
        LastTime = item.Time("last_time"),
        Count = item.Whole("count") ?? 1,
        User = item.Text("user"),
        Severity = item.Text("severity") ?? "",
        Rules = [.. item.Items("rules").Select(rule => rule.Text("name") ?? rule.Text("id")).OfType<string>()],
        Attacks = [.. item.Items("attacks").Select(attack => attack.Text("technique")).OfType<string>()],
        Reasons = item.Texts("reasons"),
    };
}
