using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Rows of Microsoft Defender's <c>DeviceProcessEvents</c>: under <c>properties</c> as the streaming API sends them, or
/// flat as Log Analytics exports them. <c>InitiatingProcess…</c> is the direct parent, <c>InitiatingProcessParent…</c> the grandparent.
/// </summary>
/// <param name="format"><see cref="SourceFormats.DefenderXdr"/> or <see cref="SourceFormats.DefenderTable"/>.</param>
internal sealed class DefenderReader(string format) : IRecordReader
{
    private const string Table = "DeviceProcessEvents";
    private const string Category = "AdvancedHunting-" + Table;
    private const string Created = "ProcessCreated";

    public RecordOutcome Read(JsonValue record)
    {
        var isWrapped = format == SourceFormats.DefenderXdr;
        if (isWrapped && record.Text("category"u8) is var category && category != Category) return Skipped(category);

        var row = isWrapped ? record.Get("properties"u8) : record;
        var table = row.Text("Type"u8);
        var action = row.Text("ActionType"u8);
        if (table is not null && table != Table) return Skipped(action ?? table);
        if (action is not null && action != Created) return Skipped(action);

        // A query may leave a column out. Rows of this table are process creations.
        return action is null && table is null && !isWrapped
            ? DeadRecord.Of(record, DeadLetterReasons.MissingField, "missing or unreadable: ActionType")
            : Draft(row).Finish(record, row);
    }

    private EventDraft Draft(JsonValue row)
    {
        var (device, name) = (row.Text("DeviceId"u8), row.Text("FileName"u8));
        return new EventDraft(format)
        {
            Time = EventTimes.Of(row.Get("ProcessCreationTime"u8))
                ?? EventTimes.Of(row.Get("Timestamp"u8))
                ?? EventTimes.Of(row.Get("TimeGenerated"u8)),
            HostName = row.Text("DeviceName"u8),
            HostId = device,
            User = Accounts.Of(row.Text("AccountName"u8), row.Text("AccountDomain"u8), row.Text("AccountSid"u8)),
            Child = new ProcessDraft(FilePath.Join(row.Text("FolderPath"u8), name), name)
            {
                CommandLine = row.CommandLine("ProcessCommandLine"u8),
                Pid = ProcessIds.Of(row.Get("ProcessId"u8)),
                Guid = row.Text("ProcessUniqueId"u8) ?? MadeGuid(device, row.Text("ProcessId"u8), row.Text("ProcessCreationTime"u8)),
            },
            OriginalFileName = row.Text("ProcessVersionInfoOriginalFileName"u8),
            Hashes = Hashes.Of(row.Text("MD5"u8), row.Text("SHA1"u8), row.Text("SHA256"u8), impHash: null),
            Integrity = TokenValues.Integrity(row.Text("ProcessIntegrityLevel"u8)),
            Elevation = TokenValues.Elevation(row.Text("ProcessTokenElevation"u8)),
            Parent = Parent(row, device),
            SourceIdentity = SourceIdentities.Of("defender", device, row.Text("ReportId"u8), row.Text("Timestamp"u8)),
        };
    }

    private static ProcessDraft Parent(JsonValue row, string? device)
    {
        var name = row.Text("InitiatingProcessFileName"u8);
        return new ProcessDraft(FilePath.Join(row.Text("InitiatingProcessFolderPath"u8), name), name)
        {
            CommandLine = row.CommandLine("InitiatingProcessCommandLine"u8),
            Pid = ProcessIds.Of(row.Get("InitiatingProcessId"u8)),
            Guid = row.Text("InitiatingProcessUniqueId"u8)
                ?? MadeGuid(device, row.Text("InitiatingProcessId"u8), row.Text("InitiatingProcessCreationTime"u8)),
        };
    }

    /// <summary>A process id is unique only on one device at one time.</summary>
    private static string? MadeGuid(string? device, string? pid, string? created) =>
        device is null || pid is null || created is null ? null : $"{device}-{pid}-{created}";

    private RecordOutcome.Skipped Skipped(string? kind) => new(format, kind ?? "no action type");
}
