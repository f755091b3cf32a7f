using System.Text.Json.Serialization;

namespace Changeling.Exceptions;

/// <summary>
/// A known and trusted activity that is not reported, with id, owner and dates. Its conditions must all hold. An item is data, one JSON
/// file; <see cref="ExceptionFile"/> reads and checks it.
/// </summary>
/// <param name="Enabled">Whether it is applied at all. A parameter, so that a file without it gets the default.</param>
public sealed record ExceptionItem(bool Enabled = true)
{
    /// <summary>The word among <see cref="Rules"/> for incidents: a launch that the exception matches is no step of one.</summary>
    public const string Incidents = "incidents";

    /// <summary>Lower-case words joined with <c>-</c>. Also the name of the file, and the key of its counts.</summary>
    public required string Id { get; init; }

    /// <summary>A short title.</summary>
    public required string Name { get; init; }

    /// <summary>The person or team that is responsible for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why it is trusted.</summary>
    public required string Reason { get; init; }

    /// <summary>Ids of the rules that it applies to, and <see cref="Incidents"/>.</summary>
    /// <value><see langword="null"/> for all rules; then what it suppresses adds nothing to the sums of the cluster rules either.</value>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>The conditions on the launch or the cluster; all must hold.</summary>
    public required IReadOnlyList<ExceptionCondition> Conditions { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// Time from which it no longer applies, by the partition clock, for clusters by the end of the window; <see langword="null"/> if it
    /// never expires.
    /// </summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it applies to a rule.</summary>
    public bool AppliesTo(string ruleId) => Rules is null || Rules.Contains(ruleId, StringComparer.Ordinal);

    /// <summary>Whether it has expired at a time.</summary>
    public bool IsExpiredAt(DateTimeOffset time) => Expires <= time;
}

/// <summary>One condition: a field of the launch or the cluster has one of the values. Case is ignored.</summary>
/// <param name="Field">An ECS name out of <see cref="ExceptionFields.Names"/>.</param>
/// <param name="Type">How values are compared.</param>
/// <param name="Values">The values, of which one must match.</param>
public sealed record ExceptionCondition(string Field, ExceptionMatch Type, IReadOnlyList<string> Values);

/// <summary>How a value is compared with a field.</summary>
public enum ExceptionMatch
{
    /// <summary>The value must equal the whole field.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>The field must begin with the value.</summary>
    [JsonStringEnumMemberName("prefix")]
    Prefix,

    /// <summary>The whole field, where <c>*</c> stands for any text and <c>?</c> for one UTF-16 unit.</summary>
    [JsonStringEnumMemberName("wildcard")]
    Wildcard,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExceptionItem))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>))]
internal sealed partial class ExceptionJsonContext : JsonSerializerContext;
