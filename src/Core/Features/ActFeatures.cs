namespace Changeling.Features;

/// <summary>
/// Which features are of the act: what a launch does, read from the program, its place and its arguments. All others are its context: who
/// starts it, with which rights.
/// </summary>
internal static class ActFeatures
{
    private static readonly string[] Groups = ["command_line.", "behaviour.", "telltale.", "inner.", "child.", "masquerade.", "loads."];

    private static readonly string[] Single =
    [
        "lineage.shell_without_arguments", "lineage.proxy_runs_user_file", "lineage.desktop_program_embedded",
        "lineage.unknown_from_user_folder", "lineage.unknown_in_windows",
        "lineage.unknown_in_system32",
    ];

    /// <summary>In one of the groups, but about the parent, or about a folder that anyone can name.</summary>
    private static readonly string[] Excluded =
    [
        "command_line.names_parent", "command_line.image_differs",
        "masquerade.parent_system_name_elsewhere", "masquerade.unexpected_parent",
    ];

    /// <summary>Whether a feature is of the act.</summary>
    /// <param name="name">Its name from <see cref="FeatureSchema"/>.</param>
    public static bool Include(string name) =>
        (Array.Exists(Groups, group => name.StartsWith(group, StringComparison.Ordinal)) || Array.IndexOf(Single, name) >= 0)
        && Array.IndexOf(Excluded, name) < 0;
}
