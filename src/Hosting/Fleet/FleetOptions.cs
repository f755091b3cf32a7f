using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Fleet;

/// <summary>How often event partitions exchange their counts: section <c>Fleet</c>.</summary>
public sealed class FleetOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fleet";

    /// <summary>Interval at which this process writes the snapshots of its partitions and reads those of others.</summary>
    /// <value>1 second to 1 hour, or 0 for never (each partition then uses only its own counts); 5 minutes by default.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>Checks <see cref="FleetOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class FleetOptionsValidator : IValidateOptions<FleetOptions>;
