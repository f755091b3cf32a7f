using Changeling.Events;

namespace Changeling.Training.Unseen;

/// <summary>
/// Takes away what only one class of the wild rows has, from both: ordinary rows often have these fields, attack rows hardly ever. What is
/// left must separate them.
/// </summary>
internal static class CommonFields
{
    /// <summary>The launch without parent path, parent command line, user, integrity and elevation.</summary>
    public static ProcessEvent Only(ProcessEvent e) => e with
    {
        User = null,
        Child = e.Child with { Integrity = null, Elevation = null },
        Parent = e.Parent is null ? null : e.Parent with { Path = null, CommandLine = null },
    };

    /// <summary>The same without the parent.</summary>
    public static ProcessEvent WithoutParent(ProcessEvent e) => Only(e) with { Parent = null };
}
