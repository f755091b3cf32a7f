using Changeling.Catalogues;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Rules;

namespace Changeling.Cli.Tests.Detections;

/// <summary>Messages about an incident by the writer of the app: a document on one host, then another host.</summary>
internal static class IncidentMessages
{
    public static readonly Guid Id = new("8a98465e-fb7c-5717-9bc6-6304e407d354");

    public static readonly DateTimeOffset Start = new(2026, 11, 3, 7, 25, 0, TimeSpan.Zero);

    private static readonly SignalProcess Word = new(
        "winword.exe",
        "{w}",
        7120,
        @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\mara.lind\offer.docm""",
        0.03);

    private static readonly SignalProcess PowerShell = new(
        "powershell.exe", "{p}", 9044, "powershell.exe -nop -w hidden -enc SQBFAFgA", 0.99);

    /// <summary>What Word started.</summary>
    public static readonly IncidentMember Shell = Member(
        0, PowerShell, [Word], Severity.High, ["T1059.001"], ["encoded command", "hidden window"],
        new SignalRule("suspicious-high-probability", "Process with a Very High Malicious Probability"),
        new SignalRule("unusual-process-by-parent", "Unusual Process Spawned by a Parent Process"));

    /// <summary>What only the model finds suspicious, seen three times.</summary>
    public static readonly IncidentMember Discovery = Member(
        35, new("net.exe", "{n}", 9388, "net group \"Domain Admins\" /domain", 0.60), [PowerShell, Word], Severity.Low, ["T1087.002"],
        ["group of domain administrators"]) with
    { Count = 3 };

    /// <summary>The worst step.</summary>
    public static readonly IncidentMember Dump = Member(
        205,
        new("rundll32.exe", "{r}", 9716, @"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 712 C:\Users\Public\d.bin full", 0.99),
        [PowerShell, Word], Severity.Critical, ["T1003.001", "T1218.011"], ["memory dump of another process"],
        new SignalRule("suspicious-high-probability", "Process with a Very High Malicious Probability"));

    /// <summary>The same account on another host.</summary>
    public static readonly IncidentMember Moved = Member(
        560, new("cmd.exe", "{c}", 15220, @"cmd.exe /Q /c dir \\127.0.0.1\C$\Users", 0.94), [new("wmiprvse.exe", "{v}", 3120)],
        Severity.High, ["T1047"], ["WMI provider as the parent"],
        new SignalRule("unusual-process-by-parent", "Unusual Process Spawned by a Parent Process")) is var m
        ? m with { Signal = m.Signal with { Host = "srv-files-02.corp.example" } }
        : null!;

    /// <summary>An incident.</summary>
    public static Incident Incident(int revision, params IncidentMember[] members) => new()
    {
        Id = Id,
        Members = members,
        Score = 0.97,
        Revision = revision,
        Status = IncidentStatus.Open,
        Created = Start.AddMinutes(5),
    };

    /// <summary>A message.</summary>
    public static byte[] Write(
        Incident incident, IncidentActivity activity, DetectionFormat format = DetectionFormat.Ocsf, bool isAlert = true) =>
        new IncidentFindingWriter(RuleSet.Shipped.Attack, format, "0.0.0")
            .Write(incident, activity, isAlert, Start.AddMinutes(5 * incident.Revision));

    /// <summary>A step on the first host.</summary>
    public static IncidentMember Member(
        int seconds, SignalProcess process, IReadOnlyList<SignalProcess> ancestors, Severity severity, string[] techniques,
        string[] reasons, params SignalRule[] rules) => new(
        new Signal
        {
            Uid = DetectionId.Of(process.Guid!),
            Time = Start.AddSeconds(seconds + 9),
            Started = Start.AddSeconds(seconds),
            Host = "ws-0417.corp.example",
            User = @"CORP\mara.lind",
            Process = process,
            Ancestors = ancestors,
            Step = "0123456789abcdef",
            Probability = process.Probability!.Value,
            Rarity = 90,
            Risk = 80,
            Severity = severity,
            Rules = rules,
            Attacks = [.. techniques.Select(t => new AttackReference("TA0002", t))],
            Reasons = reasons,
        },
        1,
        Start.AddSeconds(seconds + 9),
        0.5);
}
