using System.Text.Json;

namespace Changeling.Cli.Backtest;

/// <summary>What a report says of a finding, read from its bytes.</summary>
internal static class FindingReading
{
    /// <summary>Of one about a launch.</summary>
    public static DetectionReport OfLaunch(JsonElement finding, string uid, string rule, TruthStep? step)
    {
        var data = DataOf(finding);
        var rarity = data.TryGetProperty("rarity", out var known) ? known : (JsonElement?)null;
        return new DetectionReport(
            uid,
            rule,
            TimeOf(finding, "start_time"),
            finding.GetProperty("device").GetProperty("hostname").GetString()!,
            rarity is { } r ? $"{r.GetProperty("parent").GetString()} > {r.GetProperty("child").GetString()}" : "",
            data.GetProperty("prediction").GetProperty("probability").GetDouble(),
            rarity?.GetProperty("score").GetDouble(),
            step?.Chain);
    }

    /// <summary>Of one about a window.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="uid">Its id.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="host">The endpoint, if it is about one; else empty.</param>
    /// <param name="chains">The attacks among its launches, where that is known.</param>
    public static DetectionReport OfCluster(JsonElement finding, string uid, string rule, string host, IReadOnlyList<string>? chains)
    {
        var data = DataOf(finding).GetProperty("cluster");
        var (launches, sum) = (data.GetProperty("launches").GetInt32(), data.GetProperty("probability_sum").GetDouble());
        return new DetectionReport(uid, rule, TimeOf(finding, "time"), host, "", Math.Round(sum / launches, 4), null, chains is [var first, ..] ? first : null, new ClusterReport(
            data.GetProperty("by").GetString()!,
            data.GetProperty("entity").GetString()!,
            data.GetProperty("window_start").GetDateTimeOffset(),
            launches,
            sum,
            data.GetProperty("deviations_above").GetDouble(),
            chains));
    }

    private static JsonElement DataOf(JsonElement finding) => finding.GetProperty("evidences")[0].GetProperty("data");

    private static DateTimeOffset TimeOf(JsonElement finding, string property) => DateTimeOffset.FromUnixTimeMilliseconds(finding.GetProperty(property).GetInt64());
}
