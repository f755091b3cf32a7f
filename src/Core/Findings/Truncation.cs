using System.Text;
using Changeling.Events;

namespace Changeling.Findings;

/// <summary>Describes what was left out of a finding, with the original sizes.</summary>
/// <param name="WholeBytes">UTF-8 size that the finding would have had.</param>
/// <param name="CommandLineBytes">UTF-8 size of the child's whole command line, if it is cut.</param>
/// <param name="ParentCommandLineBytes">UTF-8 size of the parent's whole command line, if it is cut.</param>
internal sealed record Truncation(long WholeBytes, long? CommandLineBytes, long? ParentCommandLineBytes)
{
    /// <summary>OCSF counts in kilobytes, rounded up.</summary>
    public long WholeKilobytes => (WholeBytes + 1023) / 1024;

    /// <summary>Everything that could be left out of an event; counted once, since texts may be huge.</summary>
    public static Truncation Of(ProcessEvent e, long wholeBytes) =>
        new(wholeBytes, Bytes(e.Child.CommandLine), Bytes(e.Parent?.CommandLine));

    /// <summary>What these limits leave out of it.</summary>
    public Truncation Under(ProcessEvent e, FindingLimits limits) => this with
    {
        CommandLineBytes = e.Child.CommandLine?.Length > limits.CommandLine ? CommandLineBytes : null,
        ParentCommandLineBytes = e.Parent?.CommandLine?.Length > limits.CommandLine ? ParentCommandLineBytes : null,
    };

    /// <summary>UTF-8 bytes of the event's texts that these limits leave out.</summary>
    public static long BytesLeftOut(ProcessEvent e, FindingLimits limits)
    {
        var (child, parent) = (e.Child, e.Parent);
        string?[] others =
        [
            e.Host.Name, e.Host.Id, e.SourceIdentity, e.User?.Name, e.User?.Domain, e.User?.Sid,
            child.Name, child.Path, child.Guid, child.OriginalFileName, parent?.Name, parent?.Path, parent?.Guid,
        ];
        return LeftOut(child.CommandLine, limits.CommandLine) + LeftOut(parent?.CommandLine, limits.CommandLine)
            + others.Sum(text => LeftOut(text, limits.Text));
    }

    private static long? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetByteCount(text);

    private static long LeftOut(string? text, int most) =>
        text is null || text.Length <= most ? 0 : Encoding.UTF8.GetByteCount(text.AsSpan(FindingWriter.Cut(text, most).Length));
}
