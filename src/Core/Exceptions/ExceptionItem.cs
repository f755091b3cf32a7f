using System.Text.Json.Serialization;

namespace Changeling.Exceptions;

/// <summary>
/// A known and trusted relation that is not to be reported: named, owned, dated. Its conditions must all hold. An item is data, one
/// JSON file; <see cref="ExceptionFile"/> reads and checks it.
/// </summary>
/// <param name="Enabled">Whether it holds at all. A parameter, because a missing one then has its default when a file is read.</param>
public sealed record ExceptionItem(bool Enabled = true)
{
    /// <summary>Lower-case words joined with <c>-</c>; the file is called so, and hits are counted under it.</summary>
    public required string Id { get; init; }

    /// <summary>A short title.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it: a person or a team.</summary>
    public required string Owner { get; init; }

    /// <summary>Why it is trusted.</summary>
    public required string Reason { get; init; }

    /// <summary>Ids of the rules that it holds for.</summary>
    /// <value><see langword="null"/> for all rules; then what it suppresses adds nothing to the sums of the cluster rules either.</value>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>What must hold of the launch or the cluster, all of it.</summary>
    public required IReadOnlyList<ExceptionCondition> Conditions { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// From when on it no longer holds, by the partition clock, for clusters by the end of the window; <see langword="null"/> for never.
    /// </summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it holds for a rule.</summary>
    public bool AppliesTo(string ruleId) => Rules is null || Rules.Contains(ruleId, StringComparer.Ordinal);

    /// <summary>Whether it is over at a time.</summary>
    public bool IsExpiredAt(DateTimeOffset time) => Expires <= time;
}

/// <summary>One condition: a field of the launch or the cluster has one of the values. Case never matters.</summary>
/// <param name="Field">An ECS name out of <see cref="ExceptionFields.Names"/>.</param>
/// <param name="Type">How values are compared.</param>
/// <param name="Values">Of which one must fit.</param>
public sealed record ExceptionCondition(string Field, ExceptionMatch Type, IReadOnlyList<string> Values);

/// <summary>How a value is compared with a field.</summary>
public enum ExceptionMatch
{
    /// <summary>The whole field.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>How the field begins.</summary>
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
