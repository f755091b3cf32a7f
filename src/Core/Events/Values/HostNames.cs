using System.Collections.Frozen;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>
/// The name of the endpoint where a record has it under another spelling: <c>HOSTNAME</c>, <c>ComputerName</c>, <c>computer_name</c>.
/// <c>host</c> alone is often the collector and is never read.
/// </summary>
internal static class HostNames
{
    private const int Longest = 14;

    private static readonly FrozenSet<string> Keys = FrozenSet.ToFrozenSet(
        [
            "computer", "computername", "computer_name", "hostname", "host_name", "machinename", "machine_name", "devicename",
            "device_name", "dvchostname",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The first name in the object, without a domain in front of it; <see langword="null"/> when there is none.</summary>
    public static string? Of(JsonValue record)
    {
        if (record.ValueKind != JsonValueKind.Object) return null;
        foreach (var property in record.Children)
        {
            if (property.WrittenName.Length <= Longest
                && Keys.Contains(property.Name)
                && KnownText.Of(property.Value.AsText()) is { } name) return name[(name.IndexOf('\\', StringComparison.Ordinal) + 1)..];
        }

        return null;
    }
}
