using Changeling.Backtest.Reports;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A report in which every text of an event attacks who reads it.</summary>
internal static class HostileReport
{
    /// <summary>Markup, scripts, control characters, text directions, invisible characters, formulas, and length.</summary>
    public static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(2)>",
        "</style></details></main><script src=https://192.0.2.1/a.js></script>",
        "' onmouseover='alert(3)' x='",
        "<svg/onload=alert(4)><iframe srcdoc='<script>alert(5)</script>'></iframe>",
        "javascript:alert(6)//<base href=https://192.0.2.1/>",
        "&lt;script&gt;alert(7)&lt;/script&gt;",
        "-->]]><!--<meta http-equiv=refresh content='0;url=https://192.0.2.1'>",
        "invoice\u202Egpj.exe \u2066\u2069\u200B\u200D\uFEFF\u3164 \U000E0041",
        "\u001b[31mred\u001b]0;title\u0007 \u0000\u0008\r\n\t",
        "=HYPERLINK(\"https://192.0.2.1\",\"open\")",
        "@SUM(1)", "+1", "-2", "\t=1", "＝1", "'=1",
        "lone \uD800 surrogate",
        "שלום " + new string('ש', 60),
        "powershell -enc " + new string('A', 32 * 1024),
        string.Concat(Enumerable.Repeat("<b>\u202E\"'&", 3_000)),
    ];

    /// <summary>Puts the texts everywhere that an event can put one.</summary>
    public static BacktestReport Of(BacktestReport report)
    {
        var place = 0;
        return report with
        {
            TopLineages = Tops(),
            TopPrograms = Tops(),
            TopHosts = Tops(),
            TopUsers = Tops(),
            ByRule = [.. report.ByRule.Select(r => r with { Rule = Text() })],
            Sources = report.Sources with
            {
                Skipped = Texts.ToDictionary(t => t, _ => 1L),
                DeadLetters = Texts.ToDictionary(t => t, _ => 2L),
            },
            Chains = [.. report.Chains!.Select(c => c with { Chain = Text(), Rule = Text() })],
            LookFirst = [.. Texts.Select(_ => LookFirst())],
            Detections = [.. report.Detections.Select(Alert)],
        };

        string Text() => Texts[place++ % Texts.Length];

        IReadOnlyList<TopReport> Tops() => [.. Texts.Select((text, i) => new TopReport(text, i + 1, 1))];

        LookFirstReport LookFirst() => new(
            Text(), Text(), Text(), [Text()], 3, 0.5, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Text(), new(1, 1, 1, 1), 1);

        DetectionReport Alert(DetectionReport alert) => alert with
        {
            Host = Text(),
            Lineage = Text(),
            Rules = [Text(), Text()],
            Severity = Text(),
            Launch = alert.Launch is null ? null : new(Text(), Text(), Text(), Text(), Text(), [Text()], [Text(), Text()]),
            Cluster = alert.Cluster is null ? null : alert.Cluster with { Entity = Text(), By = Text() },
            Incident = alert.Incident is null ? null : Incident(alert.Incident),
        };

        IncidentReport Incident(IncidentReport incident) => incident with
        {
            Headline = Text(),
            Why = Text(),
            Severity = Text(),
            Tactics = [Text()],
            Hosts = [Text(), Text()],
            Users = [Text()],
            ClusterRules = [Text()],
            Chains = [new(Text(), 1, 1, 1, 1)],
            Steps =
            [
                .. incident.Steps.Select(s => s with
                {
                    Host = Text(),
                    User = Text(),
                    Severity = Text(),
                    Rules = [Text(), Text()],
                    Techniques = [Text()],
                    Reasons = [Text(), Text()],
                }),
            ],
            Processes = [.. incident.Processes.Select(p => p with { Host = Text(), Name = Text(), CommandLine = Text() })],
        };
    }

    /// <summary>Writes a report as <c>backtest --json</c> does.</summary>
    public static void Save(this BacktestReport report, Scratch folder, string name)
    {
        using var file = File.Create(folder[name]);
        report.WriteTo(file);
    }
}
