using System.ComponentModel.DataAnnotations;
using Changeling.Events;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>The content of the telemetry hub: section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>The one format of the hub: a record that is detected as another format is a dead letter.</summary>
    /// <value>
    /// One of <see cref="SourceFormats.All"/>; none by default, so that the format of each record is detected from its property names.
    /// </value>
    public string? Format { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Format) && !SourceFormats.All.Contains(Format))
            yield return new ValidationResult(
                $"'{Format}' is no format that is read; take one of {string.Join(", ", SourceFormats.All)}, or none", [nameof(Format)]);
    }
}

/// <summary>Checks <see cref="TelemetryOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
