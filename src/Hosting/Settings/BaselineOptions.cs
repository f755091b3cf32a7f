using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>Which set of counts the app reads and writes, and how counts decay: section <c>Baseline</c>.</summary>
public sealed class BaselineOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Baseline";

    /// <summary>Names the set of counts, so that two consumer groups cannot share a watermark.</summary>
    /// <value>1–64 characters of <c>a–z 0–9 . _ -</c>; <c>default</c> by default.</value>
    [Required(ErrorMessage = "Baseline:Name must not be empty.")]
    [RegularExpression("^[a-z0-9._-]{1,64}$", ErrorMessage = "Baseline:Name must be 1 to 64 characters of a-z, 0-9, '.', '_' and '-'.")]
    public string Name { get; set; } = "default";

    /// <summary>Days of partition clock in which a count halves.</summary>
    /// <value>1–3,650, or 0 for never (recordings from different years); 30 by default.</value>
    [Range(0, 3_650, ErrorMessage = "Baseline:HalfLifeDays must be a number from 0 (never) to 3650.")]
    public int HalfLifeDays { get; set; } = 30;

    /// <summary>
    /// Launches of one lineage by one host and day that count, until several hosts have launched it that day. This limits what one host can
    /// add to a child that is rare for its parent.
    /// </summary>
    /// <value>1–65,535, or 0 to count all (recordings of a single machine); 3 by default.</value>
    [Range(0, 65_535, ErrorMessage = "Baseline:LaunchesPerHostAndDay must be a number from 0 (no limit) to 65535.")]
    public int LaunchesPerHostAndDay { get; set; } = 3;
}

/// <summary>Checks <see cref="BaselineOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class BaselineOptionsValidator : IValidateOptions<BaselineOptions>;
