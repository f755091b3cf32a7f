using Changeling.Events;

namespace Changeling.Features;

/// <summary>
/// All that is read of an event for its features, and nothing else: two events with the same fields are the same launch for the model.
/// </summary>
/// <param name="Child">File name of the child.</param>
/// <param name="ChildPath">Its path, if known.</param>
/// <param name="CommandLine">Its command line, if known.</param>
/// <param name="OriginalFileName">The name in its version resource, if known.</param>
/// <param name="Integrity">Its integrity level, if known.</param>
/// <param name="Elevation">Its elevation, if known.</param>
/// <param name="IsSystemAccount">Whether it runs as an account of Windows itself.</param>
/// <param name="Parent">File name of the parent, if known.</param>
/// <param name="ParentPath">Its path, if known.</param>
/// <param name="ParentCommandLine">Its command line, if known.</param>
public readonly record struct LaunchFields(
    string Child,
    string? ChildPath,
    string? CommandLine,
    string? OriginalFileName,
    IntegrityLevel? Integrity,
    TokenElevation? Elevation,
    bool IsSystemAccount,
    string? Parent,
    string? ParentPath,
    string? ParentCommandLine)
{
    /// <summary>Number of characters of all texts.</summary>
    public int Length =>
        Child.Length + LengthOf(ChildPath) + LengthOf(CommandLine) + LengthOf(OriginalFileName)
        + LengthOf(Parent) + LengthOf(ParentPath) + LengthOf(ParentCommandLine);

    /// <summary>The fields of an event.</summary>
    public static LaunchFields Of(ProcessEvent e) => new(
        e.Child.Name, e.Child.Path, e.Child.CommandLine, e.Child.OriginalFileName, e.Child.Integrity, e.Child.Elevation,
        SystemAccounts.Is(e.User), e.Parent?.Name, e.Parent?.Path, e.Parent?.CommandLine);

    private static int LengthOf(string? text) => text?.Length ?? 0;
}
