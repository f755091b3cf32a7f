using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Readers;
using Changeling.Events.Values;

namespace Changeling.Events;

/// <summary>
/// Which format a record is in, detected by what only that format has. The first match wins, so the order matters: a table, a provider or
/// an event id comes before what any shipper adds to a record.
/// </summary>
internal static class FormatTable
{
    private static readonly FormatRow[] Rows =
    [
        new(SourceFormats.DefenderXdr, IsDefenderXdr, new DefenderReader(SourceFormats.DefenderXdr)),
        new(SourceFormats.Otel, OtelReader.Matches, new OtelReader()),
        new(SourceFormats.SplunkHec, SplunkHecReader.Matches, new SplunkHecReader(Find)),
        new(SourceFormats.Wazuh, WazuhReader.Matches, new WazuhReader()),
        new(SourceFormats.Gelf, GelfReader.Matches, new GelfReader()),
        new(SourceFormats.GetWinEvent, GetWinEventReader.Matches, new GetWinEventReader()),
        new(SourceFormats.Snare, SnareReader.Matches, new SnareReader()),
        new(SourceFormats.KeyValue, KeyValueReader.Matches, new KeyValueReader()),
        new(SourceFormats.EvtxEcmd, EvtxEcmdReader.Matches, new EvtxEcmdReader()),
        new(SourceFormats.Chainsaw, ChainsawReader.Matches, new ChainsawReader()),
        new(SourceFormats.Hayabusa, HayabusaReader.Matches, new HayabusaReader()),
        new(SourceFormats.CrowdStrikeFdr, LogScaleReader.Matches, new LogScaleReader(new CrowdStrikeReader())),
        new(SourceFormats.CarbonBlack, CarbonBlackReader.Matches, new CarbonBlackReader()),
        new(SourceFormats.HarfangLab, HarfangLabReader.Matches, new HarfangLabReader()),
        new(SourceFormats.Ocsf, IsOcsf, new OcsfReader()),
        new(SourceFormats.CrowdStrikeFdr, r => r.Has("event_simpleName"u8), new CrowdStrikeReader()),
        new(SourceFormats.Asim, IsAsim, new AsimReader()),
        new(SourceFormats.DefenderTable, IsDefenderTable, new DefenderReader(SourceFormats.DefenderTable)),
        new(SourceFormats.LogAnalyticsWindowsEvent, IsWindowsEventRow, new LogAnalyticsWindowsEventReader()),
        new(SourceFormats.LogAnalyticsEvent, IsEventRow, new LogAnalyticsEventReader()),
        new(SourceFormats.SentinelOne, IsSentinelOne, new SentinelOneReader()),
        new(SourceFormats.Winlogbeat, r => r.HasObject("winlog"u8) || HasPrefix(r, "winlog."u8), new WinlogbeatReader()),
        new(SourceFormats.Winlogbeat6, IsWinlogbeat6, new Winlogbeat6Reader()),
        new(SourceFormats.Vector, VectorReader.Matches, new VectorReader()),
        new(SourceFormats.FluentBit, FluentBitWinlogReader.Matches, new FluentBitWinlogReader()),
        new(SourceFormats.FluentBit, IsFluentBit, new FluentBitReader()),
        new(SourceFormats.WinEventJson, IsWinEventJson, new WinEventJsonReader(SourceFormats.WinEventJson)),
        new(
            SourceFormats.FluentBit,
            r => r.Text("System"u8)?.StartsWith("<Event", StringComparison.Ordinal) == true,
            new FluentBitReader()),
        new(SourceFormats.FlatWindows, IsFlatWindows, new FlatWindowsReader()),
        new(SourceFormats.Ecs, IsEcs, new EcsReader()),
        new(SourceFormats.LogAnalyticsOther, r => r.HasText("Type"u8) && r.Has("TimeGenerated"u8), new OtherTableReader()),
        new(SourceFormats.Ecs, IsDecorated, new EcsReader(), IsDecoration: true),
    ];

    /// <summary>What reads the JSON that is made of an XML <c>Event</c>.</summary>
    public static IRecordReader Xml { get; } = new WinEventJsonReader(SourceFormats.WinEventXml);

    /// <summary>The row of a record that is a JSON object; <see langword="null"/> when nothing fits.</summary>
    public static FormatRow? Find(JsonValue record)
    {
        foreach (var row in Rows)
        {
            if (row.Matches(record)) return row;
        }

        return null;
    }

    /// <summary>
    /// The row of the one format that the operator has set, or a row that refuses the record and names the detected format.
    /// </summary>
    /// <remarks>
    /// A record that could also be read as the set format, but is detected as another one, is refused. Read as the set format, it might be
    /// skipped without a report.
    /// </remarks>
    public static FormatRow FindPinned(string pinned, JsonValue record)
    {
        var row = Find(record);
        return row?.Format == pinned ? row : new FormatRow(
            pinned, _ => false, new MismatchReader(pinned, row?.Format), IsDecoration: row is null or { IsDecoration: true });
    }

    private static bool IsDefenderXdr(JsonValue r) =>
        r.HasObject("properties"u8) && r.Text("category"u8)?.StartsWith("AdvancedHunting-", StringComparison.Ordinal) == true;

    private static bool IsOcsf(JsonValue r) => WholeNumbers.Of(r.Get("class_uid"u8)) is not null;

    private static bool IsAsim(JsonValue r) =>
        r.HasText("Type"u8, "ASimProcessEventLogs"u8)
        || r.HasText("EventSchema"u8, "ProcessEvent"u8)
        || (r.Has("TargetProcessName"u8) && r.Has("ActingProcessName"u8));

    /// <summary>An export leaves empty columns out, so no single column of the parent is needed.</summary>
    private static bool IsDefenderTable(JsonValue r) =>
        r.HasText("Type"u8, "DeviceProcessEvents"u8)
        || (r.Has("ActionType"u8)
            && (r.Has("InitiatingProcessFileName"u8) || r.Has("ProcessCommandLine"u8) || r.Has("DeviceId"u8) || r.Has("DeviceName"u8)));

    private static bool IsWindowsEventRow(JsonValue r) =>
        r.HasText("Type"u8, "WindowsEvent"u8)
        || (r.Has("Provider"u8)
            && (r.HasText("RawEventData"u8)
                || r.Get("EventData"u8).ValueKind is JsonValueKind.Object or JsonValueKind.String or JsonValueKind.Array));

    private static bool IsEventRow(JsonValue r) =>
        r.HasText("Type"u8, "Event"u8)
        || (r.Has("Source"u8) && r.Has("EventLog"u8) && (r.HasText("EventData"u8) || r.HasText("RawEventData"u8)));

    private static bool IsSentinelOne(JsonValue r) =>
        r.Has("meta.event.name"u8) || HasPrefix(r, "tgt.process."u8) || r.Get("tgt"u8).HasObject("process"u8);

    private static bool IsWinlogbeat6(JsonValue r) =>
        (r.HasObject("event_data"u8) || r.HasText("event_data"u8) || HasPrefix(r, "event_data."u8))
        && (r.Has("source_name"u8) || r.Has("log_name"u8) || (r.Has("event_id"u8) && r.Has("computer_name"u8)));

    private static bool IsFluentBit(JsonValue r) =>
        r.Has("ProviderName"u8) && (r.Has("StringInserts"u8) || r.Has("EventData"u8) || r.HasObject("EventDataMap"u8));

    private static bool IsWinEventJson(JsonValue r) =>
        r.HasObject("System"u8)
        || r.Get("Event"u8).HasObject("System"u8)
        || r.Has("System.EventID"u8)
        || r.Has("Event.System.EventID"u8);

    private static bool IsFlatWindows(JsonValue r) =>
        r.HasText("Type"u8, "SecurityEvent"u8)
        || ((r.Has("EventID"u8) || r.Has("EventId"u8))
            && (r.Has("SourceName"u8) || r.Has("EventSourceName"u8) || r.Has("Channel"u8) || r.Has("ProviderGuid"u8)
                || r.Has("ProviderName"u8) || r.Has("Provider"u8) || r.Has("NewProcessName"u8) || r.Has("Image"u8)));

    /// <summary>A record that says what kind of event it is in the words of the Elastic Common Schema.</summary>
    private static bool IsEcs(JsonValue r) =>
        r.Field("event.category"u8).ValueKind != JsonValueKind.Undefined
        || (HasPrefix(r, "process."u8) && HasPrefix(r, "event."u8))
        || (r.HasObject("process"u8) && r.HasObject("event"u8) && r.Has("@timestamp"u8));

    /// <summary>A record with fields of that schema that Logstash and Beats add to anything.</summary>
    private static bool IsDecorated(JsonValue r) => r.HasObject("event"u8) && (r.Has("ecs"u8) || r.Has("@timestamp"u8));

    private static bool HasPrefix(JsonValue record, ReadOnlySpan<byte> prefix)
    {
        foreach (var property in record.Children)
        {
            if (property.WrittenName.StartsWith(prefix)) return true;
        }

        return false;
    }
}
