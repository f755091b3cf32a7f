using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storage;

/// <summary>
/// The keys of table <c>lineage</c>. Every UTF-16 unit outside <c>a–z 0–9 . _ -</c> becomes <c>~hhhh</c>, so the separator
/// <c>|</c>, the shared row's <c>*</c> and what Table keys forbid (<c>/ \ # ?</c> and control characters) cannot come from a
/// name. A segment that would be too long becomes a readable beginning, <c>~~</c> and a SHA-256; its row carries the full
/// name as a property. Keys stay below the 512 UTF-16 units that Table storage compares.
/// </summary>
public static class TableKeys
{
    /// <summary>The row that guards all others of its partition.</summary>
    public const string Watermark = "watermark";

    /// <summary>The kinds of rows, with the beginning and end of their ranges of keys.</summary>
    internal const string LaunchKind = "parent|";

    /// <inheritdoc cref="LaunchKind"/>
    internal const string DetectionKind = "detection|";

    /// <inheritdoc cref="LaunchKind"/>
    internal const string HostKind = "host|";

    /// <inheritdoc cref="LaunchKind"/>
    internal const string UserKind = "user|";

    /// <inheritdoc cref="LaunchKind"/>
    internal const string SignalsKind = "signals|";

    /// <inheritdoc cref="LaunchKind"/>
    internal const string ExceptionKind = "exception|";

    private const string ImportKind = "import|";
    private const string Shared = "*";
    private const string SumKind = "sum|";
    private const string QuotaKind = "quota|";

    /// <summary>A quota's key has four segments, so each is cut at a shorter length.</summary>
    private const int MaxQuotaSegment = 128;
    private const int MaxSegment = 248;
    private const int DigestDigits = 64;
    private const string DigestMark = "~~";

    /// <summary><c>{baseline}:{hub}:{partition}</c>.</summary>
    public static string Partition(BaselinePartition partition) =>
        $"{Segment(partition.Baseline)}:{Segment(partition.Source.Hub)}:{Segment(partition.Source.Id)}";

    /// <summary>The event partition from a table partition's key.</summary>
    /// <exception cref="FormatException">The key was not made by this class, or a name in it was too long.</exception>
    public static BaselinePartition PartitionOf(string partitionKey) => partitionKey.Split(':') is [var baseline, var hub, var id]
        ? new BaselinePartition(Unescape(baseline), new EventPartition(Unescape(hub), Unescape(id)))
        : throw new FormatException($"table partition '{partitionKey}' is none of a baseline");

    /// <summary><c>{baseline}:clusters</c>: the rows of the cluster rules. An event partition's key has one colon more.</summary>
    public static string Clusters(string baseline) => $"{Segment(baseline)}:clusters";

    /// <summary><c>{baseline}:incidents</c>: the rows of incidents, with the keys of <see cref="IncidentKeys"/>.</summary>
    public static string Incidents(string baseline) => $"{Segment(baseline)}:incidents";

    /// <summary>Whether a table partition belongs to an event partition.</summary>
    public static bool IsEventPartition(string partitionKey) => partitionKey.Count(c => c == ':') == 2;

    /// <summary><c>history|{kind}|{entity}</c>.</summary>
    public static string History(ClusterKind kind, string entity) => $"history|{KindOf(kind)}|{Segment(entity)}";

    /// <summary>Whether a row of the cluster rules' partition is the history of a host, or of a user.</summary>
    internal static bool IsHistoryOf(string rowKey, OccurrenceKind kind) =>
        rowKey.StartsWith(kind == OccurrenceKind.Host ? "history|host|" : "history|user|", StringComparison.Ordinal);

    /// <summary><c>detection|{inverted window}|{rule}|{entity}</c>, in the table partition of the cluster rules.</summary>
    public static string Detection(ClockWindow window, string ruleId, string entity) =>
        $"{Detection(new Position(0, window.Number, 0), ruleId)}|{Segment(entity, MaxQuotaSegment)}";

    /// <summary>The keys between which all table partitions of a baseline are, both excluded.</summary>
    public static (string First, string End) PartitionRange(string baseline) => ($"{Segment(baseline)}:", $"{Segment(baseline)};");

    /// <summary>Whether a row holds launches.</summary>
    public static bool IsLaunch(string rowKey) => rowKey.StartsWith(LaunchKind, StringComparison.Ordinal);

    /// <summary>Whether a row holds an occurrence.</summary>
    public static bool IsOccurrence(string rowKey) =>
        rowKey.StartsWith(HostKind, StringComparison.Ordinal) || rowKey.StartsWith(UserKind, StringComparison.Ordinal);

    /// <summary>Whether a row holds a sum.</summary>
    public static bool IsSum(string rowKey) => rowKey.StartsWith(SumKind, StringComparison.Ordinal);

    /// <summary>Whether a row holds a quota.</summary>
    public static bool IsQuota(string rowKey) => rowKey.StartsWith(QuotaKind, StringComparison.Ordinal);

    /// <summary><c>host|{child}|{host}</c>, <c>user|{child}|{user}</c>.</summary>
    public static string Occurrence(OccurrenceKind kind, string child, string name) =>
        $"{OccurrenceRange(kind, child).First}{Segment(name)}";

    /// <summary>The range that holds all occurrences of one child: first key included, end excluded.</summary>
    public static (string First, string End) OccurrenceRange(OccurrenceKind kind, string child)
    {
        var segment = (kind == OccurrenceKind.Host ? HostKind : UserKind) + Segment(child);
        return ($"{segment}|", $"{segment}}}");
    }

    /// <summary><c>sum|{window}|{kind}|{entity}</c>, so that one range contains all sums of a window.</summary>
    public static string Sum(SumKey key) =>
        $"{SumRange(key.Window).First}{KindOf(key.Kind)}|{Segment(key.Entity)}";

    /// <summary>The range that holds all sums of one window: first key included, end excluded.</summary>
    public static (string First, string End) SumRange(ClockWindow window)
    {
        var number = window.Number.ToString("d10", CultureInfo.InvariantCulture);
        return ($"{SumKind}{number}|", $"{SumKind}{number}}}");
    }

    /// <summary><c>quota|{rule}|{parent}|{child}|{host}</c>.</summary>
    public static string Quota(QuotaKey key) =>
        $"{QuotaKind}{Segment(key.Rule)}|{Segment(key.Parent, MaxQuotaSegment)}|{Segment(key.Child, MaxQuotaSegment)}|{Segment(key.Host, MaxQuotaSegment)}";

    /// <summary><c>exception|{id}</c>.</summary>
    public static string Exception(string id) => ExceptionKind + Segment(id);

    /// <summary>Whether a row holds a detection.</summary>
    public static bool IsDetection(string rowKey) => rowKey.StartsWith(DetectionKind, StringComparison.Ordinal);

    /// <summary><c>parent|{parent}|{child}</c>; the shared row's child is <c>*</c>.</summary>
    public static string Launch(string parent, string? child) => $"{ParentRange(parent).First}{(child is null ? Shared : Segment(child))}";

    /// <summary><c>import|{source}</c>: how far an import is.</summary>
    internal static string Import(string source) => ImportKind + Segment(source);

    /// <summary>The range that holds all quotas and all sums: first key included, end excluded.</summary>
    internal static (string First, string End) RuleRange { get; } = (QuotaKind, KindRange(SumKind).End);

    /// <summary>The range of a kind of rows: first key included, end excluded.</summary>
    internal static (string First, string End) KindRange(string kind) => (kind, kind[..^1] + "}");

    /// <summary>A launch row's key up to the child: the common beginning of all rows of the parent.</summary>
    internal static string ParentGroup(string rowKey) => rowKey[..(rowKey.LastIndexOf('|') + 1)];

    /// <summary>One of the names in a key.</summary>
    /// <param name="rowKey">The key.</param>
    /// <param name="index">Its index after the kind, from 0.</param>
    /// <exception cref="FormatException">The name was too long for the key: the row's property has it.</exception>
    internal static string NameIn(string rowKey, int index) => Unescape(rowKey.Split('|')[index + 1]);

    /// <summary>The range that holds all rows of one parent: first key included, end excluded.</summary>
    public static (string First, string End) ParentRange(string parent)
    {
        var segment = Segment(parent);
        return ($"{LaunchKind}{segment}|", $"{LaunchKind}{segment}}}");
    }

    /// <summary>The child's name from a launch row's key.</summary>
    /// <returns>The name; <see langword="null"/> for the shared row.</returns>
    /// <exception cref="FormatException">The name was too long for the key: the row's property has it.</exception>
    public static string? ChildOf(string rowKey)
    {
        var segment = rowKey[(rowKey.LastIndexOf('|') + 1)..];
        return segment == Shared ? null : Unescape(segment);
    }

    private static string KindOf(ClusterKind kind) =>
        kind switch { ClusterKind.Parent => "parent", ClusterKind.Host => "host", _ => "user" };

    /// <summary>Whether a name is too long for a key, so that the row must carry it as a property.</summary>
    public static bool IsCut(string name) => Escape(name).Length > MaxSegment;

    /// <summary><c>detection|{inverted position}|{rule}</c>: newest first.</summary>
    public static string Detection(Position position, string ruleId) => $"{DetectionKind}{Inverted(position)}|{Segment(ruleId)}";

    /// <summary>The range of all detections between two positions, both included: first key included, end excluded.</summary>
    public static (string First, string End) DetectionRange(Position first, Position last) =>
        ($"{DetectionKind}{Inverted(last)}|", $"{DetectionKind}{Inverted(first)}}}");

    /// <summary>
    /// The range of the detections of windows, in the table partition of the cluster rules: the first window is excluded, if there is one,
    /// the last is included. First key included, end excluded.
    /// </summary>
    internal static (string First, string End) DetectionRange(ClockWindow? after, ClockWindow last) =>
        DetectionRange(after is { } window ? new Position(0, window.Number + 1, 0) : default, new Position(0, last.Number, 0));

    /// <summary>Position and rule from a detection row's key.</summary>
    public static (Position Position, string RuleId) DetectionOf(string rowKey)
    {
        var parts = rowKey.Split('|');
        var digits = parts[1].AsSpan();
        var position = new Position(
            int.MaxValue - (int)Number(digits[..8]), long.MaxValue - Number(digits[8..24]), int.MaxValue - (int)Number(digits[24..]));
        return (position, Unescape(parts[2]));
    }

    /// <summary><c>signals|{position}</c>: oldest first.</summary>
    public static string Signals(Position first) => string.Create(
        CultureInfo.InvariantCulture, $"{SignalsKind}{first.Epoch:x8}{first.SequenceNumber:x16}{first.RecordIndex:x8}");

    /// <summary>The range of all signals behind a position, or of all: first key and end excluded.</summary>
    internal static (string First, string End) SignalsBehind(Position? after) =>
        (after is { } last ? Signals(last) : SignalsKind, KindRange(SignalsKind).End);

    /// <summary>Whether a row holds signals.</summary>
    public static bool IsSignals(string rowKey) => rowKey.StartsWith(SignalsKind, StringComparison.Ordinal);

    /// <summary>The position from the key of a row of signals.</summary>
    public static Position SignalsOf(string rowKey)
    {
        var digits = rowKey.AsSpan(SignalsKind.Length);
        return new Position((int)Number(digits[..8]), Number(digits[8..24]), (int)Number(digits[24..]));
    }

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Inverted(Position p) => string.Create(
        CultureInfo.InvariantCulture,
        $"{int.MaxValue - p.Epoch:x8}{long.MaxValue - p.SequenceNumber:x16}{int.MaxValue - p.RecordIndex:x8}");

    private static string Segment(string name, int most = MaxSegment)
    {
        var escaped = Escape(name);
        if (escaped.Length <= most) return escaped;

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(name)));
        return escaped[..(most - DigestDigits - DigestMark.Length)] + DigestMark + digest;
    }

    private static string Escape(string name)
    {
        if (name.All(IsPlain)) return name;
        var escaped = new StringBuilder(name.Length + 20);
        foreach (var unit in name)
        {
            if (IsPlain(unit)) escaped.Append(unit);
            else escaped.Append(CultureInfo.InvariantCulture, $"~{(int)unit:x4}");
        }

        return escaped.ToString();
    }

    private static string Unescape(string segment)
    {
        if (segment.Contains(DigestMark, StringComparison.Ordinal))
            throw new FormatException("the key holds a digest; the full name is the row's property");
        var name = new StringBuilder(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '~')
            {
                name.Append(segment[i]);
                continue;
            }

            name.Append((char)ushort.Parse(segment.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 4;
        }

        return name.ToString();
    }

    private static bool IsPlain(char unit) => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-';
}
