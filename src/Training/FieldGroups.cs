using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Groups of optional fields that a source may lack: what the ranking loses without each says what a collector must send.
/// </summary>
public static class FieldGroups
{
    /// <summary>Each group's name and how to take it from an event.</summary>
    public static IReadOnlyList<(string Name, Func<ProcessEvent, ProcessEvent> Drop)> All { get; } =
    [
        ("signature and hashes", e => e with { Child = e.Child with { Signature = null, Hashes = null } }),
        ("integrity and elevation", e => e with { Child = e.Child with { Integrity = null, Elevation = null } }),
        ("original file name", e => e with { Child = e.Child with { OriginalFileName = null } }),
        ("user and SID", e => e with { User = null }),
        ("parent command line", e => e with { Parent = e.Parent is null ? null : e.Parent with { CommandLine = null } }),
    ];
}
