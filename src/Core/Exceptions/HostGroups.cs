using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Catalogues;

namespace Changeling.Exceptions;

/// <summary>
/// Names for sets of hosts, so that an exception can say <c>pki-servers</c>: one file, <c>{ "pki-servers": ["ca01", "pki-*"] }</c>. A
/// pattern is compared with a host's name with and without its DNS domain. Immutable.
/// </summary>
public sealed partial class HostGroups
{
    /// <summary>The file's name; no exception may have this id.</summary>
    public const string FileName = "groups.json";

    private const int MaxPatterns = 5_000;

    private readonly (string Group, string[] Patterns)[] _groups;

    private HostGroups(IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        _groups =
        [
            .. groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Value.Select(p => p.ToLowerInvariant()).ToArray())),
        ];

    /// <summary>No groups.</summary>
    public static HostGroups None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The groups' names.</summary>
    public IEnumerable<string> Names => _groups.Select(g => g.Group);

    /// <summary>Reads and checks the file.</summary>
    /// <param name="json">UTF-8 JSON, an object.</param>
    /// <exception cref="InvalidDataException">The file is not valid; the message names file and field.</exception>
    public static HostGroups Read(ReadOnlySpan<byte> json)
    {
        if (StrictJson.Problem(json) is { } fault) throw new InvalidDataException($"exception file {FileName}: {fault}");
        try
        {
            var groups = JsonSerializer.Deserialize(json, ExceptionJsonContext.Default.DictionaryStringIReadOnlyListString)
                ?? throw new InvalidDataException($"exception file {FileName}: must hold one JSON object");
            return Problem(groups) is { } problem
                ? throw new InvalidDataException($"exception file {FileName}: {problem}")
                : new HostGroups(groups);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"exception file {FileName}: {JsonFault.Say(exception)}", exception);
        }
    }

    /// <summary>The groups that a host is in.</summary>
    internal IEnumerable<string> Of(string host)
    {
        var names = ExceptionFields.HostNames(host.ToLowerInvariant());
        return _groups.Where(g => g.Patterns.Any(p => names.Any(name => WildcardPattern.Fits(p, name)))).Select(g => g.Group);
    }

    private static string? Problem(Dictionary<string, IReadOnlyList<string>> groups)
    {
        if (groups.Keys.FirstOrDefault(name => !Name().IsMatch(name)) is { } bad)
            return $"'{bad}' is no group's name: use 1 to 64 characters of a-z, 0-9 and '-'";
        if (groups.FirstOrDefault(g => g.Value is null or { Count: 0 }).Key is { } empty) return $"{empty} has no hosts";
        if (groups.Sum(g => g.Value.Count) > MaxPatterns) return $"has more than {MaxPatterns:N0} patterns";
        foreach (var (name, patterns) in groups)
        {
            if (patterns.Select(p => ExceptionFile.ProblemOf(p, ExceptionMatch.Wildcard)).FirstOrDefault(p => p is not null) is { } problem)
                return $"{name} {problem}";
        }

        return null;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex Name();
}
