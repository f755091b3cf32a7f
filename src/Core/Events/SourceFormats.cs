namespace Changeling.Events;

/// <summary>
/// The ids of the formats that collectors send; the same words appear in detections (<c>metadata.log_format</c>) and metrics.
/// </summary>
public static class SourceFormats
{
    /// <summary>Microsoft Defender XDR streaming API, table <c>DeviceProcessEvents</c>.</summary>
    public const string DefenderXdr = "defender-xdr";

    /// <summary>Elastic Common Schema: Elastic Defend and other ECS senders.</summary>
    public const string Ecs = "ecs";

    /// <summary>Winlogbeat 7 and later (<c>winlog.*</c>).</summary>
    public const string Winlogbeat = "winlogbeat";

    /// <summary>Winlogbeat 6 (<c>event_data.*</c> at the root).</summary>
    public const string Winlogbeat6 = "winlogbeat-6";

    /// <summary>JSON made from event XML: <c>System</c> and <c>EventData</c> objects.</summary>
    public const string WinEventJson = "winevent-json";

    /// <summary>Event XML: one or many <c>Event</c> elements.</summary>
    public const string WinEventXml = "winevent-xml";

    /// <summary>Flattened Windows events: NXLog, Log Analytics <c>SecurityEvent</c>.</summary>
    public const string FlatWindows = "flat-windows";

    /// <summary>Log Analytics table <c>WindowsEvent</c>.</summary>
    public const string LogAnalyticsWindowsEvent = "la-windowsevent";

    /// <summary>Log Analytics rows of Defender's tables: the columns of <see cref="DefenderXdr"/> without its envelope.</summary>
    public const string DefenderTable = "defender-table";

    /// <summary>Open Cybersecurity Schema Framework, class Process Activity.</summary>
    public const string Ocsf = "ocsf";

    /// <summary>CrowdStrike Falcon Data Replicator.</summary>
    public const string CrowdStrikeFdr = "crowdstrike-fdr";

    /// <summary>Sentinel's ASIM process events.</summary>
    public const string Asim = "asim";

    /// <summary>Log Analytics table <c>Event</c>.</summary>
    public const string LogAnalyticsEvent = "la-event";

    /// <summary>Fluent Bit's <c>winevtlog</c>.</summary>
    public const string FluentBit = "fluentbit";

    /// <summary>SentinelOne Cloud Funnel.</summary>
    public const string SentinelOne = "sentinelone";

    /// <summary>All formats of which process creations are read, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Asim, CrowdStrikeFdr, DefenderTable, DefenderXdr, Ecs, FlatWindows, FluentBit, LogAnalyticsEvent, LogAnalyticsWindowsEvent,
        Ocsf, SentinelOne, WinEventJson, WinEventXml, Winlogbeat, Winlogbeat6,
    ];

    /// <summary>Any other table of a Log Analytics export: never read, counted by its name.</summary>
    public const string LogAnalyticsOther = "la-other";
}
