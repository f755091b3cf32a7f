using System.Text;
using Changeling.Catalogues;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Incidents;

/// <summary>Incidents whose messages are kept as files: from an ordinary one to the worst.</summary>
internal static class GoldenIncidents
{
    private const string Workstation = "ws-0417.corp.example";
    private const string Server = "srv-files-02.corp.example";
    private const string Alice = @"CORP\alice.meyer";
    private const string Version = "0.1.0";

    private static readonly DateTimeOffset Start = Some.Time;

    private static readonly SignalProcess Word = new(
        "winword.exe", "{8d3f21b6-5a10-690a-8e01-000000002f00}", 7120,
        @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\alice.meyer\Downloads\Invoice_2291.docm""", 0.0311);

    private static readonly SignalProcess PowerShell = new(
        "powershell.exe", "{8d3f21b6-5c43-690a-9b01-000000002f00}", 9044,
        "powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA", 0.99124);

    /// <summary>What a message is made of.</summary>
    internal sealed record Case(Incident Incident, IncidentActivity Activity, bool IsAlert = true);

    public static IReadOnlyDictionary<string, Case> All { get; } = new Dictionary<string, Case>(StringComparer.Ordinal)
    {
        ["two-hosts"] = new(TwoHosts, IncidentActivity.Update),
        ["one-finding"] = new(
            TwoHosts with { Members = [TwoHosts.Members[3]], Clusters = [], Score = 0.81, Revision = 1, Created = null },
            IncidentActivity.Create),
        ["weak-steps"] = new(WeakSteps, IncidentActivity.Create),
        ["closed"] = new(TwoHosts with { Status = IncidentStatus.Closed, Revision = 3 }, IncidentActivity.Close),
        ["joined"] = new(
            WeakSteps with { Revision = 2, JoinedTo = new Guid("5f0a4f0e-6b0f-5c52-9a57-0d3f5d1f8a11") }, IncidentActivity.Close),
        ["while-learning"] = new(
            TwoHosts with { Members = [.. TwoHosts.Members.Select(m => m with { Signal = m.Signal with { IsNote = true } })] },
            IncidentActivity.Update,
            IsAlert: false),
        ["nothing-but-names"] = new(NothingButNames, IncidentActivity.Create),
        ["many-steps"] = new(ManySteps, IncidentActivity.Update),
        ["hostile"] = new(
            Many(12, 20, _ => Hostile(600)) with { Clusters = [new("own-rule", Hostile(90), Start)] }, IncidentActivity.Update),
    };

    public static IEnumerable<string> InEcs => ["two-hosts", "weak-steps", "closed", "joined", "nothing-but-names", "hostile"];

    /// <summary>The bytes as the app would commit them.</summary>
    public static byte[] Write(string name, DetectionFormat format) => Write(All[name], format);

    public static byte[] Write(Case message, DetectionFormat format) => new IncidentFindingWriter(RuleSet.Shipped.Attack, format, Version)
        .Write(message.Incident, message.Activity, message.IsAlert, Start.AddMinutes(15));

    public static string Read(string name, DetectionFormat format) => File.ReadAllText(PathOf(name, format)).TrimEnd('\n');

    public static void Rewrite(string name, DetectionFormat format, byte[] bytes) =>
        File.WriteAllBytes(PathOf(name, format), [.. bytes, (byte)'\n']);

    /// <summary>As many steps as asked for, all different, with texts of one kind.</summary>
    public static Incident Many(int steps, int reason, Func<int, string> text) => TwoHosts with
    {
        LeftOut = 7,
        Members =
        [
            .. Enumerable.Range(0, steps).Select(n => Member(
                n, n % 2 == 0 ? Workstation : Server, n % 3 == 0 ? text(n) : Alice,
                new($"step-{n}.exe", text(n), (uint)(1000 + n), text(n)),
                [new("cmd.exe", $"{{cmd-{n % 4}}}", (uint)(90 + (n % 4)), text(n), 0.4), new(text(n), null, (uint)n, text(n))],
                ["unusual-process-by-parent", "lolbin-by-unusual-parent", "a-rule-of-the-team"],
                [new("TA0002", "T1059.003"), new("TA0005", "T1218.011"), new("TA0006", "T1003.001")],
                [.. Enumerable.Range(0, 5).Select(_ => text(n)[..Math.Min(reason, text(n).Length)])],
                0.2 + (0.01 * n))),
        ],
    };

    public static IncidentMember Member(
        int second, string host, string? user, SignalProcess process, IReadOnlyList<SignalProcess> ancestors,
        IReadOnlyList<string> rules, IReadOnlyList<AttackReference> attacks, IReadOnlyList<string> reasons, double weight) => new(
        new Signal
        {
            Uid = DetectionId.Of($"test|{host}|{second}|{process.Name}"),
            Time = Start.AddSeconds(second + 9.25),
            Started = Start.AddSeconds(second),
            Host = host,
            User = user,
            IsSystem = user == @"NT AUTHORITY\SYSTEM",
            Process = process,
            Ancestors = ancestors,
            Step = $"{process.Name} {process.CommandLine}",
            Probability = process.Probability ?? 0.9,
            Act = 0.8123,
            Rarity = ancestors.Count == 0 ? null : 91.4,
            Risk = (int)(weight * 100),
            Severity = weight > 0.7 ? Severity.Critical : weight > 0.5 ? Severity.High : Severity.Low,
            Rules = [.. rules.Select(RuleOf)],
            Attacks = attacks,
            Reasons = reasons,
        },
        1,
        Start.AddSeconds(second + 9.25),
        weight);

    private static SignalRule RuleOf(string id) => RuleSet.Shipped.Find(id) is { } rule
        ? new(id, rule.Name, rule.Analytic)
        : new(id, "A Rule of the Team", AnalyticKind.Rule);

    private static Incident TwoHosts => new()
    {
        Id = new Guid("0d9c9c0e-41b7-5b7e-8a55-3b1f3f6f2c10"),
        Status = IncidentStatus.Open,
        Members =
        [
            Member(
                0, Workstation, Alice, PowerShell, [Word, new("explorer.exe", null, 4100)],
                ["suspicious-high-probability", "unusual-process-by-parent", "lolbin-by-unusual-parent"],
                [new("TA0002", "T1059.001")], ["encoded command", "hidden window", "Office program as the parent"], 0.62),
            Member(
                27, Workstation, Alice, new("whoami.exe", "{8d3f21b6-5c5e-690a-a001-000000002f00}", 9310, "whoami /all", 0.5512),
                [PowerShell, Word], [], [], ["whoami with /all", "script host as the parent"], 0.14),
            Member(
                35, Workstation, Alice,
                new("net.exe", "{8d3f21b6-5c66-690a-a301-000000002f00}", 9388, "net group \"Domain Admins\" /domain", 0.6021),
                [PowerShell, Word], [], [new("TA0007", "T1087.002")], ["group of domain administrators"], 0.19)
                with { Count = 3, LastTime = Start.AddSeconds(80) },
            Member(
                205, Workstation, Alice,
                new(
                    "rundll32.exe", "{8d3f21b6-5d10-690a-b101-000000002f00}", 9716,
                    @"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 712 C:\Users\Public\d.bin full", 0.9984),
                [PowerShell, Word], ["suspicious-high-probability", "lolbin-by-unusual-parent"],
                [new("TA0006", "T1003.001"), new("TA0005", "T1218.011")],
                ["memory dump of another process", "rundll32 calls MiniDump"], 0.81),
            Member(
                560, Server, Alice,
                new(
                    "cmd.exe", "{51c0a2e4-5e77-690a-7702-000000003100}", 15220,
                    @"cmd.exe /Q /c dir \\127.0.0.1\C$\Users 1> \\127.0.0.1\ADMIN$\__1793690 2>&1", 0.9433),
                [new("wmiprvse.exe", "{51c0a2e4-0f12-6903-5501-000000003100}", 3120)], ["unusual-process-by-parent"],
                [new("TA0002", "T1047")], ["output sent to an administrative share", "WMI provider as the parent"], 0.55),
        ],
        Clusters = [new("suspicious-cluster-by-user", Alice, Start.AddMinutes(-5))],
        Score = 0.9681,
        Created = Start.AddMinutes(5),
        Sent = Start.AddMinutes(5),
        Revision = 2,
    };

    private static Incident WeakSteps => TwoHosts with
    {
        Id = new Guid("7a1c1b8a-8f40-5e0b-9f4c-58f2b9b0a2d4"),
        Members =
        [
            TwoHosts.Members[1],
            TwoHosts.Members[2],
            Member(
                90, Workstation, @"NT AUTHORITY\SYSTEM", new("reg.exe", null, 660, @"reg save HKLM\SAM C:\Windows\Temp\s", 0.58),
                [new("cmd.exe", null, 650)], [], [new("TA0006", "T1003.002")], ["saves the account database"], 0.4),
        ],
        Clusters = [],
        Score = 0.57,
        Created = null,
        Revision = 1,
    };

    private static Incident NothingButNames => TwoHosts with
    {
        Members =
        [
            Member(0, "ws-1", null, new("a.exe"), [], [], [], [], 0.3) with { Count = 2 },
            Member(0, "ws-1", null, new("b.exe"), [new("a.exe")], ["a-rule-of-the-team"], [], [], 0.3),
        ],
        Clusters = [],
        Score = 0.5,
        Created = null,
        Revision = 1,
    };

    /// <summary>The largest number of steps with ordinary texts, every second one a finding.</summary>
    private static Incident ManySteps => TwoHosts with
    {
        LeftOut = 7,
        Members =
        [
            .. Enumerable.Range(0, Incident.MaxMembers).Select(n => Member(
                n * 40, n % 12 == 11 ? Server : Workstation, Alice,
                new(
                    "net.exe", $"{{8d3f21b6-5c43-690a-9b01-0000000{n:x5}}}", (uint)(1000 + n),
                    $"net.exe group team-{n:00} /domain {new string('x', 200)}", 0.6),
                n % 12 == 11 ? [] : [PowerShell, Word],
                n % 2 == 0 ? ["unusual-process-by-parent", "lolbin-by-unusual-parent"] : [],
                [new("TA0007", "T1087.002"), new("TA0002", "T1059.003")],
                ["group of domain administrators", "script host as the parent", "words that ordinary launches do not have"],
                0.2 + (0.01 * n))),
        ],
    };

    /// <summary>What breaks an encoder: quotes, lone surrogates, line separators, control and direction characters.</summary>
    private static string Hostile(int units)
    {
        const string piece = "\"\\'\ud800<\u2028\u2029&\u0000\u001b\u007f\udc00\u0085\ufeff%\ud83d\ude00é\u202e\n";
        var text = new StringBuilder("certutil.exe ", units + piece.Length);
        while (text.Length < units) text.Append(piece);
        return text.ToString(0, units);
    }

    private static string PathOf(string name, DetectionFormat format) =>
        RepositoryRoot.Combine("tests", "Core.Tests", "Incidents", "Golden", $"{name}.{format.ToString().ToLowerInvariant()}.json");
}
