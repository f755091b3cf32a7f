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

    /// <summary>OpenTelemetry Collector's <c>windowseventlog</c> receiver.</summary>
    public const string Otel = "otel";

    /// <summary>Splunk's HTTP Event Collector: an envelope around an event.</summary>
    public const string SplunkHec = "splunk-hec";

    /// <summary>Wazuh's archives and alerts of Windows events.</summary>
    public const string Wazuh = "wazuh";

    /// <summary>Vector's <c>windows_event_log</c> source.</summary>
    public const string Vector = "vector";

    /// <summary>Graylog's GELF with a Windows event's fields, for example from NXLog.</summary>
    public const string Gelf = "gelf";

    /// <summary>PowerShell's <c>Get-WinEvent | ConvertTo-Json</c>.</summary>
    public const string GetWinEvent = "get-winevent";

    /// <summary>Snare's text between tabs, over syslog.</summary>
    public const string Snare = "snare";

    /// <summary>Windows events as <c>Name=value</c> text, for example from NXLog.</summary>
    public const string KeyValue = "key-value";

    /// <summary>EvtxECmd's JSON.</summary>
    public const string EvtxEcmd = "evtxecmd";

    /// <summary>Chainsaw's hunting results as JSON.</summary>
    public const string Chainsaw = "chainsaw";

    /// <summary>Hayabusa's timeline as JSON.</summary>
    public const string Hayabusa = "hayabusa";

    /// <summary>Carbon Black Cloud's data forwarder.</summary>
    public const string CarbonBlack = "carbon-black";

    /// <summary>HarfangLab's telemetry of processes.</summary>
    public const string HarfangLab = "harfanglab";

    /// <summary>All formats of which process creations are read, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Asim, CarbonBlack, Chainsaw, CrowdStrikeFdr, DefenderTable, DefenderXdr, Ecs, EvtxEcmd, FlatWindows, FluentBit, Gelf, GetWinEvent,
        HarfangLab, Hayabusa, KeyValue, LogAnalyticsEvent, LogAnalyticsWindowsEvent, Ocsf, Otel, SentinelOne, Snare, SplunkHec, Vector,
        Wazuh, WinEventJson, WinEventXml, Winlogbeat, Winlogbeat6,
    ];

    /// <summary>Any other table of a Log Analytics export: never read, counted by its name.</summary>
    public const string LogAnalyticsOther = "la-other";
}
