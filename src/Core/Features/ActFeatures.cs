namespace Changeling.Features;

/// <summary>
/// Which features are of the act: what a launch does, read from the program's name and its arguments alone. All others are its context:
/// who starts it, with which rights, and where the program lies.
/// </summary>
internal static class ActFeatures
{
    private static readonly string[] Groups =
    [
        "command_line.", "behaviour.", "telltale.", "inner.", "child.kind.", "child.name_", "masquerade.original_",
    ];

    private static readonly string[] Single =
    [
        "child.lolbin", "child.of_windows", "child.not_exe", "masquerade.lookalike_name", "lineage.shell_without_arguments",
        "lineage.proxy_runs_user_file", "lineage.desktop_program_embedded",
    ];

    /// <summary>In the group of the command line, but about the parent, or about a place that anyone can name.</summary>
    private static readonly string[] Excluded =
    [
        "command_line.names_parent", "command_line.program_folder", "command_line.image_differs", "command_line.bare_image",
    ];

    /// <summary>Whether a feature is of the act.</summary>
    /// <param name="name">Its name from <see cref="FeatureSchema"/>.</param>
    public static bool Include(string name) =>
        (Array.Exists(Groups, group => name.StartsWith(group, StringComparison.Ordinal)) || Array.IndexOf(Single, name) >= 0)
        && Array.IndexOf(Excluded, name) < 0;
}
