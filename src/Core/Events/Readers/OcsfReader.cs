using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// OCSF Process Activity. The parent is <c>process.parent_process</c>; mappers that follow the older guidance fill only
/// <c>actor.process</c>.
/// </summary>
internal sealed class OcsfReader : IRecordReader
{
    private const uint ProcessActivity = 1007;
    private const uint Launch = 1;
    private const uint MaxClasses = 99_999;
    private const uint TypesOfClass = 100;
    private const uint Windows = 100;

    public RecordOutcome Read(JsonValue record)
    {
        var type = WholeNumbers.Of(record.Get("type_uid"u8));
        if ((WholeNumbers.Of(record.Get("class_uid"u8)) ?? type / TypesOfClass) is not { } @class) return Doubtful(record, "class_uid");
        if (@class != ProcessActivity) return Skipped(@class <= MaxClasses ? $"class {@class}" : "class without a number");

        if ((WholeNumbers.Of(record.Get("activity_id"u8)) ?? type % TypesOfClass) is not { } activity)
            return Doubtful(record, "activity_id");
        if (activity != Launch)
            return Skipped(activity <= byte.MaxValue ? $"process activity {activity}" : "process activity without a number");
        return IsOnAnotherSystem(record.Get("device"u8).Get("os"u8)) ? Skipped(Platforms.NotWindows) : Draft(record).Finish(record);
    }

    /// <summary>100 is Windows; 0 and 99 mean unknown and other.</summary>
    private static bool IsOnAnotherSystem(JsonValue system) => WholeNumbers.Of(system.Get("type_id"u8)) is { } type and not (0 or 99)
        ? type != Windows
        : Platforms.IsOther(system.Text("type"u8) ?? system.Text("name"u8));

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.Ocsf, kind);

    private static RecordOutcome.Unreadable Doubtful(JsonValue record, string field) =>
        DeadRecord.Of(record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}");

    private static EventDraft Draft(JsonValue record)
    {
        var device = record.Get("device"u8);
        var process = record.Get("process"u8);
        var file = process.Get("file"u8);
        return new EventDraft(SourceFormats.Ocsf)
        {
            Time = Time(process, "created_time"u8, "created_time_dt"u8) ?? Time(record, "time"u8, "time_dt"u8),
            HostName = device.Text("hostname"u8) ?? device.Text("name"u8) ?? HostNames.Of(device),
            HostId = device.Text("uid"u8),
            User = Account(process.Get("user"u8)) ?? Account(record.Get("actor"u8).Get("user"u8)),
            Child = Process(process),
            OriginalFileName = file.Text("internal_name"u8),
            Hashes = FileHashes(file),
            Signature = Signature(file),
            Integrity = Integrity(process),
            Parent = Parent(record, process),
            SourceIdentity = Identity(record, device, process),
        };
    }

    private static DateTimeOffset? Time(JsonValue value, ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> text) =>
        EventTimes.Of(value.Get(epoch)) ?? EventTimes.Of(value.Get(text));

    private static ProcessDraft Parent(JsonValue record, JsonValue process)
    {
        var parent = Process(process.Get("parent_process"u8));
        return parent.Name is null ? Process(record.Get("actor"u8).Get("process"u8)) : parent;
    }

    private static ProcessDraft Process(JsonValue process)
    {
        var file = process.Get("file"u8);
        return new ProcessDraft(file.Text("path"u8) ?? process.Text("path"u8), process.Text("name"u8) ?? file.Text("name"u8))
        {
            CommandLine = process.CommandLine("cmd_line"u8),
            Pid = ProcessIds.Of(process.Get("pid"u8)),
            Guid = ProcessGuids.Of(process.Text("uid"u8)) ?? ProcessGuids.Of(process.Text("cpid"u8)),
        };
    }

    private static UserIdentity? Account(JsonValue user) => user.Text("domain"u8) is { } domain
        ? Accounts.Of(user.Text("name"u8), domain, user.Text("uid"u8))
        : Accounts.Of(user.Text("name"u8), user.Text("uid"u8));

    private static FileHashes? FileHashes(JsonValue file)
    {
        if (file.Get("hashes"u8) is not { ValueKind: JsonValueKind.Array } hashes) return null;
        var values = new string?[4];
        foreach (var hash in hashes.Children.Values)
        {
            if (ProcessIds.Of(hash.Get("algorithm_id"u8)) is { } algorithm and >= 1 and <= 3) values[algorithm] = hash.Text("value"u8);
        }

        return Hashes.Of(values[1], values[2], values[3], impHash: null);
    }

    private static CodeSignature? Signature(JsonValue file)
    {
        var signature = file.Get("signature"u8);
        if (file.Get("signatures"u8) is { ValueKind: JsonValueKind.Array } many) signature = many.Children.Values.FirstOrDefault();
        if (signature.ValueKind != JsonValueKind.Object) return null;

        var status = ProcessIds.Of(signature.Get("state_id"u8)) switch
        {
            1 => SignatureStatus.Valid,
            2 or 3 or 4 => SignatureStatus.Invalid,
            _ => SignatureStatus.Unknown,
        };
        return new CodeSignature(status, signature.Get("certificate"u8).Text("subject"u8));
    }

    private static IntegrityLevel? Integrity(JsonValue process) => ProcessIds.Of(process.Get("integrity_id"u8)) switch
    {
        1 => IntegrityLevel.Untrusted,
        2 => IntegrityLevel.Low,
        3 => IntegrityLevel.Medium,
        4 => IntegrityLevel.High,
        5 => IntegrityLevel.System,
        6 => IntegrityLevel.Protected,
        _ => TokenValues.Integrity(process.Text("integrity"u8)),
    };

    private static string? Identity(JsonValue record, JsonValue device, JsonValue process) =>
        SourceIdentities.Of("ocsf", record.Get("metadata"u8).Text("uid"u8))
        ?? SourceIdentities.Of(
            "ocsf", device.Text("uid"u8), process.Text("uid"u8)
                ?? process.Text("pid"u8), record.Text("time"u8)
                ?? record.Text("time_dt"u8));
}
