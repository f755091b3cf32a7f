namespace Changeling.Findings;

/// <summary>How much of hostile or huge text a finding carries; tightened until the finding fits.</summary>
/// <param name="CommandLine">Most UTF-16 units of a command line.</param>
/// <param name="Text">Most UTF-16 units of any other text of the event.</param>
/// <param name="Items">Most reasons, usual children and near exceptions.</param>
internal readonly record struct FindingLimits(int CommandLine, int Text, int Items)
{
    /// <summary>
    /// From what is normal down to what always fits into 60 KB, even if each unit is escaped to six bytes. Lists of the
    /// evidence give way before the command lines do; ids, counts and the sentence are never cut.
    /// </summary>
    public static readonly FindingLimits[] Tightening =
    [
        new(8192, 1024, 10), new(8192, 512, 3), new(6144, 512, 3), new(4096, 512, 3), new(3072, 512, 3),
        new(2048, 256, 3), new(512, 256, 3), new(128, 64, 0),
    ];
}
