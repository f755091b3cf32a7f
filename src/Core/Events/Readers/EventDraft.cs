using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The values that a reader found. They are turned into an event or a dead letter here, in the same way for all formats.</summary>
internal sealed record EventDraft(string Format)
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

    /// <summary>The outcome of the record that the draft was made from.</summary>
    public RecordOutcome Finish(JsonElement record)
    {
        var name = Child.Name ?? CommandLineProgram.NameOf(Child.CommandLine);
        if (HostName is null) return Missing(record, "host name");
        if (Time is not { } time) return Missing(record, "time");
        if (name is null) return Missing(record, "child name");

        return new RecordOutcome.Read(new ProcessEvent
        {
            Time = time,
            Host = new HostIdentity(HostName.ToLowerInvariant(), HostId),
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
            Notes = (Child.Name is null ? EventNotes.NameFromCommandLine : EventNotes.None)
                | (Parent.IsInvalidParent ? EventNotes.ParentInvalid : EventNotes.None),
        });
    }

    private static RecordOutcome.Unreadable Missing(JsonElement record, string field) =>
        DeadRecord.Of(record, DeadLetterReasons.MissingField, $"missing or unreadable: {field}");
}
