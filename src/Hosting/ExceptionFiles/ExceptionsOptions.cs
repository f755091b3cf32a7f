using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.ExceptionFiles;

/// <summary>How the app follows exceptions: section <c>Exceptions</c>.</summary>
public sealed class ExceptionsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Exceptions";

    /// <summary>Interval at which container <c>exceptions</c> is read (one request, and one for each changed file).</summary>
    /// <value>1 second to 1 hour; 30 seconds by default.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Checks <see cref="ExceptionsOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class ExceptionsOptionsValidator : IValidateOptions<ExceptionsOptions>;
