using System.Text.Json;
using Changeling.Cli.Detections;
using Changeling.Counts;
using Changeling.Operations;

namespace Changeling.Cli.Baseline;

/// <summary>Finds the host that a user means by the beginning of its name.</summary>
internal static class HostNames
{
    private const char Any = '*';
    private const int MaxNamed = 3;

    /// <summary>Whether the text is the beginning of a name: it ends in <c>*</c>.</summary>
    public static bool IsBeginning(string text) => text.EndsWith(Any);

    /// <summary>Whether a name can be meant: it begins so.</summary>
    public static bool CanBe(string name, string text) =>
        name.StartsWith(IsBeginning(text) ? text[..^1] : text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The host of this name, with or without its domain, or else the one whose name begins so.</summary>
    /// <param name="known">The names of all hosts that are known.</param>
    /// <param name="text">A name or the beginning of one, with or without <c>*</c> behind it. Case is ignored.</param>
    /// <returns><see langword="null"/> if no name fits.</returns>
    /// <exception cref="CliException">Several fit, or the text is not the beginning of a name.</exception>
    public static string? Find(IEnumerable<string> known, string text)
    {
        if (text.TrimEnd(Any).Length == 0 || text.IndexOf(Any, StringComparison.Ordinal) is >= 0 and var at && at < text.Length - 1)
            throw new CliException(
                $"'{Printable.Of(text)}' is not the beginning of a host's name; write it with one '*' at the end, such as 'ws-01*'.");
        var fitting = known.Where(name => CanBe(name, text)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (!IsBeginning(text))
        {
            if (fitting.Find(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } whole) return whole;
            var named = new NamedIn(text, isHost: true);
            if (fitting.Where(named.Is).ToList() is { Count: > 0 } inDomains) fitting = inDomains;
        }

        return fitting switch
        {
            [] => null,
            [var only] => only,
            _ => throw new CliException(
                $"'{Printable.Of(text)}' fits {fitting.Count:N0} hosts: {string.Join(", ", fitting.Take(MaxNamed).Select(Printable.Of))}{(fitting.Count > MaxNamed ? ", …" : "")}; write more of the name."),
        };
    }

    /// <summary>The hosts that the account names in rows or findings, and whose names begin so.</summary>
    public static async Task<IReadOnlySet<string>> StoredAsync(OpenBaseline open, string text, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var partition in await open.PartitionsAsync(cancellationToken))
        {
            await foreach (var occurrence in open.Rows.OccurrencesAsync(partition, OccurrenceKind.Host, cancellationToken))
            {
                if (CanBe(occurrence.Name, text)) names.Add(occurrence.Name);
            }

            await foreach (var entry in open.Rows.DetectionsAsync(partition, cancellationToken))
            {
                if (HostOf(entry.Detection.Body) is { Length: > 0 } host && CanBe(host, text)) names.Add(host);
            }
        }

        return names;
    }

    /// <summary>The host of a finding about one launch; <see langword="null"/> of anything else, and of a damaged body.</summary>
    private static string? HostOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return FindingView.TryRead(json.RootElement) is { Cluster: null } finding ? finding.Host : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
