using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>How long rows are kept, and how much one run of the sweep does: section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>How long detections stay in the table, in partition clock; at least <see cref="Hub"/> and a day.</summary>
    /// <value>1 to 3,650 days, as <c>d.hh:mm:ss</c>; 90 days by default.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Detections { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the telemetry hub keeps messages. For this time and one day more, a message may be redelivered.</summary>
    /// <value>1 hour to 90 days; 7 days by default, the maximum of the Standard tier. Must not be less than the hub's own setting.</value>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Hub { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Approximate maximum number of storage requests in one run; the next run continues.</summary>
    /// <value>10–100,000; 3,000 by default, which take much less than the function's time-out of five minutes.</value>
    [Range(10, 100_000)]
    public int RequestsPerRun { get; set; } = 3_000;
}

/// <summary>Checks <see cref="RetentionOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
