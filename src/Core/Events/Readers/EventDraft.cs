using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The values that a reader found. They are turned into an event or a dead letter here, in the same way for all formats.</summary>
internal readonly record struct EventDraft(string Format)
{
    public DateTimeOffset? Time { get; init; }

    public string? HostName { get; init; }

    public string? HostId { get; init; }

    public UserIdentity? User { get; init; }

    public required ProcessDraft Child { get; init; }

    public string? OriginalFileName { get; init; }

    public FileHashes? Hashes { get; init; }

    public CodeSignature? Signature { get; init; }

    public IntegrityLevel? Integrity { get; init; }

    public TokenElevation? Elevation { get; init; }

    public required ProcessDraft Parent { get; init; }

    public string? SourceIdentity { get; init; }

    /// <summary>What the reader noted.</summary>
    public EventNotes Notes { get; init; }

    /// <summary>The outcome of the record that the draft was made from.</summary>
    /// <param name="record">The record.</param>
    /// <param name="row">The object in it that has the event's fields, where it is not the record itself.</param>
    public RecordOutcome Finish(JsonValue record, JsonValue row = default)
    {
        var place = row.ValueKind == JsonValueKind.Undefined ? record : row;
        if (Platforms.IsOthersPath(Child.Path ?? Parent.Path)) return new RecordOutcome.Skipped(Format, Platforms.NotWindows);
        var name = Child.Name ?? CommandLineProgram.NameOf(Child.CommandLine);
        if ((HostName ?? HostNames.Of(place)) is not { } host) return Missing(record, "host name");
        if ((Time ?? EventTimes.AnyOf(place)) is not { } time) return Missing(record, "time");
        if (name is null) return Missing(record, "child name");

        return new RecordOutcome.Read(new ProcessEvent
        {
            Time = time,
            Host = new HostIdentity(TextPool.Shared.Lower(host), HostId),
            User = User,
            Child = new ChildProcess
            {
                Name = name,
                Path = Child.Path,
                CommandLine = Child.CommandLine,
                Pid = Child.Pid,
                Guid = Child.Guid,
                OriginalFileName = OriginalFileName,
                Hashes = Hashes,
                Signature = Signature,
                Integrity = Integrity,
                Elevation = Elevation,
            },
            Parent = Parent.AsParent(),
            Format = Format,
            SourceIdentity = SourceIdentity,
            Notes = Notes
                | (Child.Name is null ? EventNotes.NameFromCommandLine : EventNotes.None)
                | (Parent.IsInvalidParent ? EventNotes.ParentInvalid : EventNotes.None),
        });
    }

    private static RecordOutcome.Unreadable Missing(JsonValue record, string field) =>
        DeadRecord.Of(record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}");
}
