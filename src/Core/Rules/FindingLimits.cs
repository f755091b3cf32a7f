namespace Changeling.Rules;

/// <summary>How much of hostile or huge text a finding carries; tightened until the finding fits.</summary>
/// <param name="CommandLine">Most UTF-16 units of a command line.</param>
/// <param name="Text">Most UTF-16 units of any other text of the event.</param>
/// <param name="Items">Most reasons and usual children.</param>
internal readonly record struct FindingLimits(int CommandLine, int Text, int Items)
{
    /// <summary>From what is normal down to what always fits into 60 KB, even if each unit is escaped to six bytes.</summary>
    public static readonly FindingLimits[] Tightening = [new(8192, 1024, 10), new(2048, 512, 10), new(512, 256, 3), new(128, 64, 0)];
}
