using System.Collections.Frozen;

namespace Changeling.Exceptions;

/// <summary>An exception prepared for matching: values in lower case, exact values in a set.</summary>
internal sealed class CompiledItem(ExceptionItem item)
{
    /// <summary>The name that is reported if an item differs only because it has expired.</summary>
    public const string Expires = "expires";

    private readonly (string Field, Func<string, bool> Fits)[] _conditions = [.. item.Conditions.Select(c => (c.Field, Matcher(c)))];

    public ExceptionItem Item => item;

    /// <summary>
    /// The exact values that it requires of a field, which serve as an index; <see langword="null"/> if it has no exact condition on the
    /// field.
    /// </summary>
    public IEnumerable<string>? ExactValues(string field) =>
        item.Conditions.FirstOrDefault(c => c.Field == field && c.Type == ExceptionMatch.Exact)?.Values.Select(v => v.ToLowerInvariant());

    /// <summary>Whether all conditions hold, or all but one of two or more.</summary>
    /// <param name="fields">The launch or cluster.</param>
    /// <param name="clock">The partition clock, or the end of the cluster's window.</param>
    /// <param name="differsIn">The one field in which it differs, if all others match.</param>
    public bool Matches(FieldValues fields, DateTimeOffset clock, out string? differsIn)
    {
        differsIn = item.IsExpiredAt(clock) ? Expires : null;
        foreach (var (field, fits) in _conditions)
        {
            if (Array.Exists(fields[field], value => fits(value))) continue;
            if (differsIn is not null || _conditions.Length < 2)
            {
                differsIn = null;
                return false;
            }

            differsIn = field;
        }

        return differsIn is null;
    }

    private static Func<string, bool> Matcher(ExceptionCondition condition)
    {
        var values = condition.Values.Select(v => v.ToLowerInvariant()).ToArray();
        if (condition.Type == ExceptionMatch.Exact) return values.ToFrozenSet(StringComparer.Ordinal).Contains;
        return condition.Type == ExceptionMatch.Prefix
            ? text => Array.Exists(values, v => text.StartsWith(v, StringComparison.Ordinal))
            : text => Array.Exists(values, v => WildcardPattern.Fits(v, text));
    }
}
