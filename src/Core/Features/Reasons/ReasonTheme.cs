namespace Changeling.Features;

/// <summary>What a reason is about, in the order in which people read them.</summary>
public enum ReasonTheme
{
    /// <summary>What the launch does: the command line and what it starts in turn.</summary>
    Act,

    /// <summary>Which process started it, and how the two go together.</summary>
    Parent,

    /// <summary>Which kinds of folders program and parent are in.</summary>
    Place,

    /// <summary>A name, file or command line that hides what the program is.</summary>
    Disguise,

    /// <summary>The account and its rights.</summary>
    Account,
}

/// <summary>Sorts features into themes.</summary>
public static class ReasonThemes
{
    private static readonly (string Prefix, ReasonTheme Theme)[] ByPrefix =
    [
        ("privilege.", ReasonTheme.Account),
        ("masquerade.", ReasonTheme.Disguise),
        ("child.name_", ReasonTheme.Disguise),
        ("child.not_exe", ReasonTheme.Disguise),
        ("parent.name_", ReasonTheme.Disguise),
        ("parent.lookalike_name", ReasonTheme.Disguise),
        ("command_line.disguises", ReasonTheme.Disguise),
        ("command_line.image_differs", ReasonTheme.Disguise),
        ("child.place.", ReasonTheme.Place),
        ("child.user_writable", ReasonTheme.Place),
        ("child.of_windows", ReasonTheme.Place),
        ("parent.place.", ReasonTheme.Place),
        ("parent.user_writable", ReasonTheme.Place),
        ("parent.of_windows", ReasonTheme.Place),
        ("lineage.same_folder", ReasonTheme.Place),
        ("lineage.other_folder", ReasonTheme.Place),
        ("parent.", ReasonTheme.Parent),
        ("lineage.", ReasonTheme.Parent),
    ];

    /// <summary>The theme of a feature; what is named nowhere is about the act.</summary>
    /// <param name="feature">Its name from <see cref="FeatureSchema"/>, or that of a hashed feature.</param>
    public static ReasonTheme Of(string feature)
    {
        foreach (var (prefix, theme) in ByPrefix)
        {
            if (feature.StartsWith(prefix, StringComparison.Ordinal)) return theme;
        }

        return ReasonTheme.Act;
    }
}
