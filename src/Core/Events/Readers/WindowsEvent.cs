using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// A Windows event out of whatever carried it: the carriers name the system fields differently, the event's own fields
/// alike. <see cref="SysmonEvent"/> and <see cref="SecurityEvent4688"/> map those.
/// </summary>
/// <param name="Format">The carrier's format id.</param>
/// <param name="Record">The whole record, for copies of fields and for a dead letter.</param>
/// <param name="Data">What holds the event's own fields: an object, a list, or a text of XML or JSON.</param>
internal readonly record struct WindowsEvent(string Format, JsonValue Record, JsonValue Data)
{
    private const uint ProcessCreate = 1;
    private const uint ProcessCreated = 4688;
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string SysmonGuid = "5770385f-c22a-43e0-bf4c-06f5698ffbd9";
    private const string Security = "Microsoft-Windows-Security-Auditing";
    private const string SecurityGuid = "54849625-5478-4994-a5ba-3e3b0328c30d";

    public uint? EventId { get; init; }

    public string? Provider { get; init; }

    /// <summary>The provider's GUID, for records without its name.</summary>
    public string? ProviderGuid { get; init; }

    public string? Channel { get; init; }

    /// <summary>The computer on which the event was written; never the collector.</summary>
    public string? Computer { get; init; }

    /// <summary>The carrier's stable id of the computer.</summary>
    public string? ComputerId { get; init; }

    /// <summary>The number of the record in its channel.</summary>
    public string? RecordId { get; init; }

    /// <summary>When the event was written, as far as the carrier knows; Sysmon's own <c>UtcTime</c> is better.</summary>
    public JsonValue Time { get; init; }

    /// <summary>The time text that a second delivery of the event would show too; mostly <see cref="Time"/>.</summary>
    public JsonValue IdentityTime { get; init; }

    /// <summary>The rendered text, which may be long and is seldom read.</summary>
    public JsonValue Message { get; init; }

    /// <summary>The row's id in Log Analytics.</summary>
    public string? ItemId { get; init; }

    /// <summary>Another place of the event's own fields, for what <see cref="Data"/> lacks.</summary>
    public JsonValue MoreData { get; init; }

    /// <summary>What stands before a field's name in dotted keys of the record, for example <c>winlog.event_data.</c>.</summary>
    public byte[] DataPrefix { get; init; } = [];

    /// <summary>The event's own values without names, for carriers that send them beside <see cref="Data"/>.</summary>
    public JsonValue Inserts { get; init; }

    /// <summary>Whether the event ended too early.</summary>
    public bool IsCut { get; init; }

    public bool IsSysmon => Names(Sysmon, SysmonGuid) || (IsAnonymous && Data.Has("Image"u8) && Data.Has("ProcessGuid"u8));

    /// <summary>Whether the event's own fields are worth reading.</summary>
    public bool IsProcessCreation => SkippedAs is null;

    /// <summary>Maps a process creation; what certainly is none is skipped under its event id.</summary>
    public RecordOutcome Read()
    {
        if ((SkippedAs ?? RepeatedEvents.KindOf(Record)) is { } kind) return new RecordOutcome.Skipped(Format, kind);

        using var values = EventValues.Of(Data, MoreData);
        var (isSysmon, isSecurity) = (IsFromSysmon || LooksLikeSysmon(values), IsFromSecurity || LooksLikeSecurity(values));
        if (isSysmon == isSecurity) return Doubtful("the event's provider");
        if (EventId is null && !(isSysmon ? LooksLikeSysmon(values) : LooksLikeSecurity(values))) return Doubtful("event id");
        if (!TryName(values, isSysmon))
        {
            return DeadRecord.Of(
                Record, DeadLetterReasons.PositionsShifted, "the list of values is of no known version of the event");
        }

        var fields = new EventFields(values, Record, DataPrefix, isSysmon ? CopiedNames.Sysmon : CopiedNames.Security);
        var notes = IsCut || values.IsCut ? EventNotes.RecordCut : EventNotes.None;
        return isSysmon ? SysmonEvent.Read(this, fields, notes) : SecurityEvent4688.Read(this, fields, notes);
    }

    private bool IsFromSysmon => Names(Sysmon, SysmonGuid);

    private bool IsFromSecurity =>
        Names(Security, SecurityGuid) || string.Equals(Channel, "Security", StringComparison.OrdinalIgnoreCase);

    /// <summary>A flattened record may say neither provider nor channel.</summary>
    private bool IsAnonymous => Provider is null && ProviderGuid is null && Channel is null;

    /// <summary>The kind under which the event is skipped; <see langword="null"/> if it may be a process creation.</summary>
    private string? SkippedAs
    {
        get
        {
            if (!IsAnonymous && !IsFromSysmon && !IsFromSecurity) return "event of another provider";
            if (EventId is null) return null;
            if ((EventId == ProcessCreate && !IsFromSecurity) || (EventId == ProcessCreated && !IsFromSysmon)) return null;

            // Event ids of Windows have 16 bits; a metric's tag shall have no more values than that.
            return EventId <= ushort.MaxValue ? $"event {EventId}" : "event without a number";
        }
    }

    /// <summary>Sysmon's channel begins with the provider's name too.</summary>
    private bool Names(string provider, string guid) =>
        Provider?.StartsWith(provider, StringComparison.OrdinalIgnoreCase)
        ?? ProviderGuid?.Trim('{', '}').Equals(guid, StringComparison.OrdinalIgnoreCase)
        ?? Channel?.StartsWith(provider, StringComparison.OrdinalIgnoreCase)
        ?? false;

    private bool LooksLikeSysmon(EventValues values) =>
        !IsFromSecurity && EventId != ProcessCreated
        && values.Has("Image"u8) && (values.Has("ProcessGuid"u8) || values.Has("ParentImage"u8))
        && (EventId is not null || values.Has("ParentImage"u8));

    private bool LooksLikeSecurity(EventValues values) =>
        !IsFromSysmon && EventId != ProcessCreate
        && (values.Has("NewProcessName"u8) || (EventId is not null && values.Has("NewProcessId"u8)));

    /// <summary>Gives values without names their names, where the event has no others.</summary>
    private bool TryName(EventValues values, bool isSysmon)
    {
        if (values.Has("CommandLine"u8) || values.Has(isSysmon ? "Image"u8 : "NewProcessName"u8)) return true;
        var unnamed = Inserts.ValueKind == JsonValueKind.Array ? [.. Inserts.Children.Values] : values.Unnamed;
        if (unnamed.Count == 0 && Inserts.ValueKind == JsonValueKind.Undefined) return true;
        if (PositionalFields.Named(unnamed, isSysmon) is not { } named) return false;
        values.Add(named);
        return true;
    }

    private RecordOutcome.Unreadable Doubtful(string field) =>
        DeadRecord.Of(Record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}");
}
