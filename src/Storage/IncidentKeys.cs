using System.Globalization;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// The keys of the rows of incidents, in table partition <c>{baseline}:incidents</c>. A message has one key while it waits and another one
/// once it is sent, so that reading those that wait never touches the others.
/// </summary>
public static class IncidentKeys
{
    private const string RowKind = "row|";
    private const string UnsentKind = "unsent|";
    private const string SentKind = "message|";

    /// <summary>The range that holds all rows of incidents: first key included, end excluded.</summary>
    internal static (string First, string End) Rows { get; } = TableKeys.KindRange(RowKind);

    /// <summary>The range that holds all messages that wait: first key included, end excluded.</summary>
    internal static (string First, string End) UnsentMessages { get; } = TableKeys.KindRange(UnsentKind);

    /// <summary><c>row|incident|{name}</c>, <c>row|habits|{name}</c>.</summary>
    public static string Row(IncidentRowKind kind, string name) =>
        $"{RowKind}{(kind == IncidentRowKind.Incident ? "incident" : "habits")}|{name}";

    /// <summary>Kind and name from the key of a row.</summary>
    internal static (IncidentRowKind Kind, string Name) RowOf(string rowKey)
    {
        var parts = rowKey.Split('|');
        return (parts[1] == "incident" ? IncidentRowKind.Incident : IncidentRowKind.Habits, parts[2]);
    }

    /// <summary><c>unsent|{number}</c>: a message that waits.</summary>
    public static string Unsent(long number) => UnsentKind + Text(number);

    /// <summary><c>message|{number}</c>: a message that was sent.</summary>
    public static string Sent(long number) => SentKind + Text(number);

    /// <summary>The number from the key of a message.</summary>
    internal static long NumberOf(string rowKey) =>
        long.Parse(rowKey.AsSpan(rowKey.IndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Whether a row is a row of incidents.</summary>
    internal static bool IsRow(string rowKey) => rowKey.StartsWith(RowKind, StringComparison.Ordinal);

    /// <summary>Whether a row is an incident.</summary>
    internal static bool IsIncident(string rowKey) => IsRow(rowKey) && RowOf(rowKey).Kind == IncidentRowKind.Incident;

    /// <summary>Whether a row is a message that waits.</summary>
    internal static bool IsUnsent(string rowKey) => rowKey.StartsWith(UnsentKind, StringComparison.Ordinal);

    /// <summary>Whether a row is a message that was sent.</summary>
    internal static bool IsSent(string rowKey) => rowKey.StartsWith(SentKind, StringComparison.Ordinal);

    private static string Text(long number) => number.ToString("d19", CultureInfo.InvariantCulture);
}
