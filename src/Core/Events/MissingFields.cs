namespace Changeling.Events;

/// <summary>The names, in a fixed order, of the fields that an event's source could not fill.</summary>
internal static class MissingFields
{
    private static readonly (string Name, Func<ProcessEvent, bool> IsMissing)[] Fields =
    [
        ("user.name", e => e.User?.Name is null),
        ("user.sid", e => e.User?.Sid is null),
        ("process.path", e => e.Child.Path is null),
        ("process.command_line", e => e.Child.CommandLine is null),
        ("process.pid", e => e.Child.Pid is null),
        ("process.guid", e => e.Child.Guid is null),
        ("process.original_file_name", e => e.Child.OriginalFileName is null),
        ("process.hashes", e => e.Child.Hashes is null),
        ("process.signature", e => e.Child.Signature is null),
        ("process.integrity", e => e.Child.Integrity is null),
        ("process.elevation", e => e.Child.Elevation is null),
        ("parent.name", e => e.Parent is null),
        ("parent.path", e => e.Parent?.Path is null),
        ("parent.command_line", e => e.Parent?.CommandLine is null),
        ("parent.pid", e => e.Parent?.Pid is null),
        ("parent.guid", e => e.Parent?.Guid is null),
    ];

    /// <summary>By the fields that are missing, as bits: a source lacks the same ones in each event.</summary>
    private static readonly IReadOnlyList<string>?[] Lists = new IReadOnlyList<string>?[1 << Fields.Length];

    public static IReadOnlyList<string> Of(ProcessEvent e)
    {
        var missing = 0;
        for (var i = 0; i < Fields.Length; i++) if (Fields[i].IsMissing(e)) missing |= 1 << i;
        return Lists[missing] ??= [.. Fields.Where((_, i) => (missing >> i & 1) != 0).Select(f => f.Name)];
    }
}
