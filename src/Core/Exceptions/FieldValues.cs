using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Exceptions;

/// <summary>The fields of a launch or a cluster of launches. Each is read once, when a condition first needs it.</summary>
internal sealed class FieldValues
{
    private readonly Func<string, string[]> _read;
    private readonly Dictionary<string, string[]> _known = new(StringComparer.Ordinal);

    private FieldValues(Func<string, string[]> read) => _read = read;

    public string[] this[string field] => _known.TryGetValue(field, out var values) ? values : _known[field] = _read(field);

    public static FieldValues Of(ProcessEvent e, HostGroups groups) => new(field => ExceptionFields.Read(field, e, groups));

    public static FieldValues Of(SumKey cluster, HostGroups groups) => new(field => ExceptionFields.Read(field, cluster, groups));
}
