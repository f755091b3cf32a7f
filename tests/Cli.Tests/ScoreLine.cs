using System.Text.Json;

namespace Changeling.Cli.Tests;

/// <summary>A line of <c>score</c>, read back with all its fields and no other.</summary>
internal sealed record ScoreLine(
    string File, int Line, int Record, double? Probability, bool? Malicious, double? Rarity, string? Parent, string? Child, string? Lineage,
        DateTime? Time, string? Host, string? User, string? CommandLine, IReadOnlyList<string> Reasons, string? Error)
{
    private static readonly string[] Fields =
        ["file", "line", "record", "probability", "malicious", "rarity", "parent", "child", "lineage", "time",
            "host", "user", "command_line", "reasons", "error"];

    public static IReadOnlyList<ScoreLine> Of(Outcome outcome) => Of(outcome.Output);

    public static IReadOnlyList<ScoreLine> Of(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static ScoreLine Parse(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(Fields, json.EnumerateObject().Select(p => p.Name));
        return JsonSerializer.Deserialize<ScoreLine>(json, Format)!;
    }
}
