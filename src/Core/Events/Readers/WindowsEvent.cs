using System.Text.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// A Windows event out of whatever carried it: the carriers name the system fields differently, the event's own fields
/// alike. <see cref="SysmonEvent"/> and <see cref="SecurityEvent4688"/> map those.
/// </summary>
/// <param name="Format">The carrier's format id.</param>
/// <param name="Record">The whole record, for a dead letter.</param>
/// <param name="Data">The object that holds the event's own fields.</param>
internal sealed record WindowsEvent(string Format, JsonElement Record, JsonElement Data)
{
    private const uint ProcessCreate = 1;
    private const uint ProcessCreated = 4688;

    public uint? EventId { get; init; }

    public string? Provider { get; init; }

    public string? Channel { get; init; }

    /// <summary>The computer on which the event was written; never the collector.</summary>
    public string? Computer { get; init; }

    /// <summary>The carrier's stable id of the computer.</summary>
    public string? ComputerId { get; init; }

    /// <summary>The number of the record in its channel.</summary>
    public string? RecordId { get; init; }

    /// <summary>When the event was written, as far as the carrier knows; Sysmon's own <c>UtcTime</c> is better.</summary>
    public JsonElement Time { get; init; }

    /// <summary>The time text that a second delivery of the event would show too; mostly <see cref="Time"/>.</summary>
    public JsonElement IdentityTime { get; init; }

    /// <summary>The rendered text.</summary>
    public string? Message { get; init; }

    /// <summary>The row's id in Log Analytics.</summary>
    public string? ItemId { get; init; }

    public bool IsSysmon => Names("Microsoft-Windows-Sysmon") || (IsAnonymous && Data.Has("Image"u8) && Data.Has("ProcessGuid"u8));

    /// <summary>Whether the event's own fields are worth reading.</summary>
    public bool IsProcessCreation => IsSysmon ? EventId == ProcessCreate : IsSecurity && EventId == ProcessCreated;

    /// <summary>Maps a process creation; anything else is skipped under its event id.</summary>
    public RecordOutcome Read()
    {
        if (IsSysmon) return EventId == ProcessCreate ? SysmonEvent.Read(this) : Skipped($"event {EventNumber}");
        if (IsSecurity) return EventId == ProcessCreated ? SecurityEvent4688.Read(this) : Skipped($"event {EventNumber}");
        return Skipped("event of another provider");
    }

    private bool IsSecurity => Names("Microsoft-Windows-Security-Auditing")
        || string.Equals(Channel, "Security", StringComparison.OrdinalIgnoreCase)
        || (IsAnonymous && Data.Has("NewProcessName"u8));

    /// <summary>Event ids of Windows have 16 bits; a metric's tag shall have no more values than that.</summary>
    private string EventNumber => EventId <= ushort.MaxValue ? $"{EventId}" : "without a number";

    /// <summary>A flattened record may say neither provider nor channel.</summary>
    private bool IsAnonymous => Provider is null && Channel is null;

    /// <summary>Sysmon's channel begins with the provider's name too.</summary>
    private bool Names(string provider) =>
        Provider?.StartsWith(provider, StringComparison.OrdinalIgnoreCase) == true
        || (Provider is null && Channel?.StartsWith(provider, StringComparison.OrdinalIgnoreCase) == true);

    private RecordOutcome.Skipped Skipped(string kind) => new(Format, kind);
}
