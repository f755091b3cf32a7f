namespace Changeling.Findings;

/// <summary>Limits for texts and lists in a finding. They are reduced until the finding fits.</summary>
/// <param name="CommandLine">Maximum length of a command line, in UTF-16 units.</param>
/// <param name="Text">Maximum length of any other text of the event, in UTF-16 units.</param>
/// <param name="Items">Maximum number of reasons, of usual children and of near exceptions.</param>
internal readonly record struct FindingLimits(int CommandLine, int Text, int Items)
{
    /// <summary>
    /// The limits in the order in which they are tried. The last ones always fit into 60 KB, even if each unit is escaped to six bytes.
    /// Lists of the evidence are cut before the command lines; ids, counts and the sentence are never cut.
    /// </summary>
    public static readonly FindingLimits[] Tightening =
    [
        new(8192, 1024, 10), new(8192, 512, 3), new(6144, 512, 3), new(4096, 512, 3), new(3072, 512, 3),
        new(2048, 256, 3), new(512, 256, 3), new(128, 64, 0),
    ];
}
