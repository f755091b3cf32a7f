using System.ComponentModel.DataAnnotations;
using Changeling.Findings;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>When detections become alerts, and how they are written: section <c>Detections</c>.</summary>
public sealed class DetectionsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Detections";

    /// <summary>How long, in partition clock, a fresh deployment learns; until then detections are notes (<c>is_alert</c> false).</summary>
    /// <value>0 to 90 days, as <c>[d.]hh:mm:ss</c>; 24 hours by default.</value>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan EmitAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>What is marked as an alert; all detections are sent, whatever is marked.</summary>
    /// <value><c>incidents</c>, <c>findings</c> or <c>both</c>; <c>incidents</c> by default.</value>
    [EnumDataType(typeof(AlertKind))]
    public AlertKind Alerts { get; set; } = AlertKind.Incidents;

    /// <summary>The format of detections; those already committed are sent unchanged.</summary>
    /// <value><c>ocsf</c> (the contract) or <c>ecs</c>; <c>ocsf</c> by default.</value>
    [EnumDataType(typeof(DetectionFormat))]
    public DetectionFormat Format { get; set; } = DetectionFormat.Ocsf;
}

/// <summary>Checks <see cref="DetectionsOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class DetectionsOptionsValidator : IValidateOptions<DetectionsOptions>;
