namespace Changeling.Incidents;

/// <summary>Limits for texts and lists in a message about an incident. They are reduced until the message fits.</summary>
/// <param name="CommandLine">Maximum length of a command line, in UTF-16 units.</param>
/// <param name="Text">Maximum length of any other text, in UTF-16 units.</param>
/// <param name="Items">Maximum number of rules, of ATT&amp;CK ids and of reasons of one step.</param>
/// <param name="FindingItems">
/// Maximum number of further rules and of ATT&amp;CK ids of one entry of <c>finding_info_list</c>; the step in the tree has them too.
/// </param>
/// <param name="Levels">Levels of processes above a step.</param>
/// <param name="Members">Maximum number of steps; the least telling are left out.</param>
/// <param name="List">Maximum length of the lists about the whole: hosts, accounts, ATT&amp;CK ids, findings about many launches.</param>
internal readonly record struct IncidentLimits(
    int CommandLine, int Text, int Items, int FindingItems, int Levels, int Members, int List)
{
    /// <summary>
    /// The limits in the order in which they are tried, first none. The last ones always fit into 60 KB, even if each unit is escaped to
    /// six bytes. Texts are cut before steps are left out; ids and numbers are never cut.
    /// </summary>
    public static readonly IncidentLimits[] Tightening =
    [
        new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, IncidentTree.MaxLevels, int.MaxValue, int.MaxValue),
        new(1024, 256, 10, 10, 8, 48, 100), new(512, 256, 5, 3, 8, 48, 100), new(256, 128, 3, 1, 4, 48, 64), new(160, 128, 3, 0, 4, 48, 64),
        new(120, 96, 2, 0, 2, 48, 48), new(80, 80, 1, 0, 1, 48, 32), new(80, 64, 1, 0, 1, 40, 32), new(64, 64, 1, 0, 1, 32, 24),
        new(64, 64, 1, 0, 1, 24, 24), new(48, 48, 1, 0, 1, 16, 16), new(32, 32, 1, 0, 1, 8, 8), new(24, 24, 1, 0, 1, 5, 5),
    ];

    /// <summary>Maximum length of a name in a sentence.</summary>
    public int Name => Math.Min(Text, Story.MaxName);
}
