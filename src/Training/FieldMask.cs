using Changeling.Events;

namespace Changeling.Training;

/// <summary>The optional fields that features read, and how to remove one from an event.</summary>
internal sealed record FieldMask(string Name, Func<ProcessEvent, bool> IsPresent, Func<ProcessEvent, ProcessEvent> Drop)
{
    public static IReadOnlyList<FieldMask> All { get; } =
    [
        new(
            "original_file_name",
            e => e.Child.OriginalFileName is not null,
            e => e with { Child = e.Child with { OriginalFileName = null } }),
        new("integrity", e => e.Child.Integrity is not null, e => e with { Child = e.Child with { Integrity = null } }),
        new("elevation", e => e.Child.Elevation is not null, e => e with { Child = e.Child with { Elevation = null } }),
        new("user", e => e.User is not null, e => e with { User = null }),
        new("path", e => e.Child.Path is not null, e => e with { Child = e.Child with { Path = null } }),
        new("command_line", e => e.Child.CommandLine is not null, e => e with { Child = e.Child with { CommandLine = null } }),
        new("parent_command_line", e => e.Parent?.CommandLine is not null, e => e with { Parent = e.Parent! with { CommandLine = null } }),
        new("parent_path", e => e.Parent?.Path is not null, e => e with { Parent = e.Parent! with { Path = null } }),
        new("parent", e => e.Parent is not null, e => e with { Parent = null }),
    ];

    /// <summary>Which of <see cref="All"/> an event has, as 0 and 1.</summary>
    public static float[] PatternOf(ProcessEvent e) => [.. All.Select(f => f.IsPresent(e) ? 1f : 0f)];
}
