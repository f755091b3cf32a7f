using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Elastic Common Schema: Elastic Defend and other senders of <c>process.*</c>.</summary>
internal sealed class EcsReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record)
    {
        var kind = EcsLaunch.SkippedAs(record);
        if (kind is not null) return new RecordOutcome.Skipped(SourceFormats.Ecs, kind);
        return EcsLaunch.MissingField(record) is { } field
            ? DeadRecord.Of(record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}")
            : Draft(record).Finish(record);
    }

    private static EventDraft Draft(JsonValue record) => new(SourceFormats.Ecs)
    {
        Time = Time(record),
        HostName = record.FieldText("host.name"u8) ?? record.FieldText("host.hostname"u8),
        HostId = record.FieldText("host.id"u8),
        User = Accounts.Of(record.FieldText("user.name"u8), record.FieldText("user.domain"u8), record.FieldText("user.id"u8)),
        Child = Process(record, "process."u8, "Image"u8, "NewProcessName"u8, "CommandLine"u8),
        OriginalFileName = record.FieldText("process.pe.original_file_name"u8) ?? record.FieldText("OriginalFileName"u8),
        Hashes = Hashes.Of(
            record.FieldText("process.hash.md5"u8),
            record.FieldText("process.hash.sha1"u8),
            record.FieldText("process.hash.sha256"u8),
            record.FieldText("process.pe.imphash"u8)),
        Signature = EcsSignature.Of(record),
        Integrity = TokenValues.Integrity(record.FieldText("process.Ext.token.integrity_level_name"u8)),
        Elevation = Elevation(record.Field("process.Ext.token"u8)),
        Parent = Process(record, "process.parent."u8, "ParentImage"u8, "ParentProcessName"u8, "ParentCommandLine"u8),
        SourceIdentity = SourceIdentities.Of("ecs", record.FieldText("event.id"u8))
            ?? SourceIdentities.Of("ecs", record.FieldText("host.id"u8), record.FieldText("process.entity_id"u8)),
    };

    private static DateTimeOffset? Time(JsonValue record)
    {
        var start = EventTimes.Of(record.Field("process.start"u8));
        var timestamp = EventTimes.Of(record.Field("@timestamp"u8)) ?? EventTimes.Of(record.Field("event.created"u8));
        return start <= timestamp ? start : timestamp ?? start;
    }

    /// <summary>A process under its normalised names; where one is missing, under the names that Windows gives.</summary>
    private static ProcessDraft Process(
        JsonValue record,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> sysmon,
        ReadOnlySpan<byte> security,
        ReadOnlySpan<byte> commandLine) =>
        new(
            record.FieldText(prefix, "executable"u8) ?? Original(record, sysmon) ?? Original(record, security),
            record.FieldText(prefix, "name"u8))
        {
            CommandLine = KnownText.OfCommandLine(record.Field(prefix, "command_line"u8).AsText())
                ?? KnownText.OfCommandLine(record.Field(commandLine).AsText())
                ?? record.Arguments(prefix),
            Pid = ProcessIds.Of(record.Field(prefix, "pid"u8)),
            Guid = record.FieldText(prefix, "entity_id"u8),
        };

    private static string? Original(JsonValue record, ReadOnlySpan<byte> name) =>
        record.FieldText(name) ?? record.FieldText("event_data."u8, name);

    private static TokenElevation? Elevation(JsonValue token) =>
        TokenValues.Elevation(token.FieldText("elevation_level"u8))
        ?? TokenValues.Elevation(token.FieldText("elevation_type"u8))
        ?? (token.Field("elevation"u8).ValueKind == JsonValueKind.True ? TokenElevation.Full : null);
}
