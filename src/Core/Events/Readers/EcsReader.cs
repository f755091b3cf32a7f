using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Elastic Common Schema: Elastic Defend and other senders of <c>process.*</c>.</summary>
internal sealed class EcsReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record)
    {
        var kind = EcsLaunch.SkippedAs(record);
        if (kind is not null) return new RecordOutcome.Skipped(SourceFormats.Ecs, kind);
        return EcsLaunch.MissingField(record) is { } field
            ? DeadRecord.Of(record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}")
            : Draft(record).Finish(record);
    }

    private static EventDraft Draft(JsonElement record) => new(SourceFormats.Ecs)
    {
        Time = Time(record),
        HostName = record.FieldText("host.name") ?? record.FieldText("host.hostname"),
        HostId = record.FieldText("host.id"),
        User = Accounts.Of(record.FieldText("user.name"), record.FieldText("user.domain"), record.FieldText("user.id")),
        Child = Process(record, "process.", "Image", "NewProcessName", "CommandLine"),
        OriginalFileName = record.FieldText("process.pe.original_file_name") ?? record.FieldText("OriginalFileName"),
        Hashes = Hashes.Of(
            record.FieldText("process.hash.md5"),
            record.FieldText("process.hash.sha1"),
            record.FieldText("process.hash.sha256"),
            record.FieldText("process.pe.imphash")),
        Signature = EcsSignature.Of(record),
        Integrity = TokenValues.Integrity(record.FieldText("process.Ext.token.integrity_level_name")),
        Elevation = Elevation(record.Field("process.Ext.token")),
        Parent = Process(record, "process.parent.", "ParentImage", "ParentProcessName", "ParentCommandLine"),
        SourceIdentity = SourceIdentities.Of("ecs", record.FieldText("event.id"))
            ?? SourceIdentities.Of("ecs", record.FieldText("host.id"), record.FieldText("process.entity_id")),
    };

    private static DateTimeOffset? Time(JsonElement record)
    {
        var start = EventTimes.Of(record.Field("process.start"));
        var timestamp = EventTimes.Of(record.Field("@timestamp")) ?? EventTimes.Of(record.Field("event.created"));
        return start <= timestamp ? start : timestamp ?? start;
    }

    /// <summary>A process under its normalised names; where one is missing, under the names that Windows gives.</summary>
    private static ProcessDraft Process(JsonElement record, string prefix, string sysmon, string security, string commandLine) =>
        new(
            record.FieldText(prefix + "executable") ?? Original(record, sysmon) ?? Original(record, security),
            record.FieldText(prefix + "name"))
        {
            CommandLine = KnownText.OfCommandLine(record.Field(prefix + "command_line").AsText())
                ?? KnownText.OfCommandLine(record.Field(commandLine).AsText())
                ?? record.Arguments(prefix),
            Pid = ProcessIds.Of(record.Field(prefix + "pid")),
            Guid = record.FieldText(prefix + "entity_id"),
        };

    private static string? Original(JsonElement record, string name) => record.FieldText(name) ?? record.FieldText("event_data." + name);

    private static TokenElevation? Elevation(JsonElement token) =>
        TokenValues.Elevation(token.FieldText("elevation_level"))
        ?? TokenValues.Elevation(token.FieldText("elevation_type"))
        ?? (token.Field("elevation").ValueKind == JsonValueKind.True ? TokenElevation.Full : null);
}
