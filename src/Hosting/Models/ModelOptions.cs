using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Models;

/// <summary>How the app follows the current model: section <c>Model</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Model";

    /// <summary>Interval at which the pointer blob is read (one conditional request).</summary>
    /// <value>1 second to 1 hour; 30 seconds by default.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Checks <see cref="ModelOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
