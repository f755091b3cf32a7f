using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>
/// The rules on clusters in a backtest: an attack whose launches lie in the messages of many hosts, on different event partitions.
/// </summary>
public sealed class ClusterTests : IDisposable
{
    private const string ByHost = "suspicious-cluster-by-host";

    private readonly Scratch _folder = new();

    public ClusterTests()
    {
        _folder.Write("events.jsonl", ClusterHistory.Events());
        _folder.Write("truth.jsonl", ClusterHistory.Truth());
    }

    [Fact]
    public async Task Malicious_launches_of_one_host_on_many_partitions_are_one_cluster_that_finds_their_attack()
    {
        var report = await BacktestAsync("--partitions", "8");

        var alert = Assert.Single(
            report.GetProperty("detections").EnumerateArray(),
            d => d.GetProperty("rules").EnumerateArray().Any(rule => rule.GetString() == ByHost));
        var cluster = alert.GetProperty("cluster");
        Assert.Equal(
            ("host", "ws-bad", ClusterHistory.Steps),
            (cluster.GetProperty("by").GetString(), cluster.GetProperty("entity").GetString(), cluster.GetProperty("launches").GetInt32()));
        Assert.Equal("ws-bad", alert.GetProperty("host").GetString());
        Assert.Equal([ClusterHistory.Chain], cluster.GetProperty("chains").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(1, report.GetProperty("attacks_found").GetInt32());
        var rule = Assert.Single(report.GetProperty("by_rule").EnumerateArray(), r => r.GetProperty("rule").GetString() == ByHost);
        Assert.Equal(
            (1, 0, 1),
            (
                rule.GetProperty("true_alerts").GetInt32(), rule.GetProperty("false_alerts").GetInt32(),
                rule.GetProperty("chains_found").GetInt32()));
        Assert.Contains(
            File.ReadLines(_folder["detections.jsonl"]),
            line => line.Contains(alert.GetProperty("uid").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_partition_and_many_give_the_same_clusters()
    {
        var (one, many) = (await BacktestAsync("--partitions", "1"), await BacktestAsync("--partitions", "32"));

        Assert.NotEmpty(Clusters(one));
        Assert.Equal(Clusters(one), Clusters(many));
    }

    [Fact]
    public async Task A_cluster_without_a_step_of_an_attack_is_a_false_alert()
    {
        _folder.Write(
            "truth.jsonl",
            Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(
                    new { time = ClusterHistory.Begin, chain = "made/elsewhere", identity = "sysmon-1|ws-none|none", label = 1 })));

        var report = await BacktestAsync();

        var rule = Assert.Single(report.GetProperty("by_rule").EnumerateArray(), r => r.GetProperty("rule").GetString() == ByHost);
        Assert.Equal(
            (0, 1, 0),
            (
                rule.GetProperty("true_alerts").GetInt32(), rule.GetProperty("false_alerts").GetInt32(),
                rule.GetProperty("chains_found").GetInt32()));
        Assert.Equal(0, report.GetProperty("attacks_found").GetInt32());
        Assert.Equal(
            report.GetProperty("alerts").GetInt32(),
            report.GetProperty("days").EnumerateArray().Sum(day => day.GetProperty("false_alerts").GetInt32()));
    }

    [Fact]
    public async Task While_the_deployment_learns_a_cluster_is_a_note()
    {
        var report = await BacktestAsync("--emit-after", "24");

        Assert.Empty(Clusters(report));
        Assert.Contains(File.ReadLines(_folder["detections.jsonl"]), line => line.Contains(ByHost, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonElement> BacktestAsync(params string[] more)
    {
        string[] usual = more.Contains("--emit-after") ? [] : ["--emit-after", "1"];
        (await Terminal.RunAsync(
            _folder,
            [
                "backtest", "events.jsonl", "--alerts", "findings", "--truth", "truth.jsonl", "--json", "report.json", "--output",
                "detections.jsonl", .. usual, .. more,
            ])).Succeeded();
        return JsonDocument.Parse(_folder.Read("report.json")).RootElement;
    }

    private static List<string> Clusters(JsonElement report) =>
        [.. report.GetProperty("detections")
            .EnumerateArray()
            .Where(d => d.GetProperty("cluster").ValueKind == JsonValueKind.Object)
            .Select(d => d.GetRawText())];
}
