using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>Limits for the work of one process: section <c>Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Pipeline";

    /// <summary>
    /// Maximum number of batches that are decoded and processed at once. Others wait as undecoded bytes (docs/limits.md describes the
    /// memory use).
    /// </summary>
    /// <value>1–256; cores + 1 by default.</value>
    [Range(1, 256)]
    public int ConcurrentBatches { get; set; } = Environment.ProcessorCount + 1;

    /// <summary>Maximum number of parent rows of one event partition kept in memory between chunks.</summary>
    /// <value>1,100 (one full parent and a little) to 1,000,000 rows; 20,000 by default, about 3 MB.</value>
    [Range(1_100, 1_000_000)]
    public int CachedRows { get; set; } = 20_000;
}

/// <summary>Checks <see cref="PipelineOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
