using System.Text.Json;

namespace Changeling.Cli.Detections;

/// <summary>What a cluster rule reported.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="About">The parent, host or user.</param>
/// <param name="Window">When its window began, UTC.</param>
internal sealed record ShownCluster(string Rule, string About, DateTimeOffset? Window)
{
    /// <summary>Reads it from an incident.</summary>
    public static ShownCluster Read(JsonElement cluster) =>
        new(cluster.Text("rule") ?? "", cluster.Text("about") ?? "", cluster.Time("window"));
}
