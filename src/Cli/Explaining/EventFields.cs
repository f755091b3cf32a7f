using System.Globalization;
using Changeling.Events;

namespace Changeling.Cli.Explaining;

/// <summary>The normalised fields of an event by name, in the order in which they are shown; only those that the source has.</summary>
internal static class EventFields
{
    public static IEnumerable<(string Name, string Value)> Of(ProcessEvent e)
    {
        (string Name, string? Value)[] fields =
        [
            ("time", e.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("host", e.Host.Name),
            ("host.id", e.Host.Id),
            ("user.name", e.User?.Name),
            ("user.domain", e.User?.Domain),
            ("user.sid", e.User?.Sid),
            ("process.name", e.Child.Name),
            ("process.path", e.Child.Path),
            ("process.command_line", e.Child.CommandLine),
            ("process.pid", Number(e.Child.Pid)),
            ("process.guid", e.Child.Guid),
            ("process.original_file_name", e.Child.OriginalFileName),
            ("process.integrity", e.Child.Integrity?.ToString()),
            ("process.elevation", e.Child.Elevation?.ToString()),
            ("process.signature", e.Child.Signature is { } signature ? $"{signature.Status} {signature.Signer}".TrimEnd() : null),
            ("process.md5", e.Child.Hashes?.Md5),
            ("process.sha1", e.Child.Hashes?.Sha1),
            ("process.sha256", e.Child.Hashes?.Sha256),
            ("process.imphash", e.Child.Hashes?.ImpHash),
            ("parent.name", e.Parent?.Name),
            ("parent.path", e.Parent?.Path),
            ("parent.command_line", e.Parent?.CommandLine),
            ("parent.pid", Number(e.Parent?.Pid)),
            ("parent.guid", e.Parent?.Guid),
            ("format", e.Format),
            ("source_identity", e.SourceIdentity),
            ("notes", e.Notes == EventNotes.None ? null : e.Notes.ToString()),
        ];
        return fields.Where(f => f.Value is { Length: > 0 }).Select(f => (f.Name, f.Value!));
    }

    private static string? Number(uint? number) => number?.ToString(CultureInfo.InvariantCulture);
}
