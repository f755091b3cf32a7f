using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storage;

namespace Changeling.Cli.Exceptions;

/// <summary>The content of container <c>exceptions</c>, as the apps read it.</summary>
/// <param name="Items">The valid items.</param>
/// <param name="Groups">The host groups.</param>
/// <param name="Problems">Messages on files that the apps refuse.</param>
internal sealed record StoredExceptions(IReadOnlyList<ExceptionItem> Items, HostGroups Groups, IReadOnlyList<string> Problems)
{
    public static async Task<StoredExceptions> ReadAsync(JsonBlobs blobs, CancellationToken cancellationToken)
    {
        var (items, groups, problems) = (new List<ExceptionItem>(), HostGroups.None, new List<string>());
        foreach (var (name, file) in await blobs.ReadAsync(new Dictionary<string, JsonBlob>(), cancellationToken))
        {
            try
            {
                if (name == HostGroups.FileName) groups = HostGroups.Read(file.Content.Span);
                else items.Add(ExceptionFile.ReadStored(name, file.Content.Span));
            }
            catch (InvalidDataException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return new StoredExceptions(items, groups, problems);
    }

    /// <summary>Groups that an item names and that are not defined: the item then never matches.</summary>
    public static IReadOnlyList<string> UnknownGroups(ExceptionItem item, HostGroups groups) =>
    [
        .. item.Conditions.Where(c => c.Field == ExceptionFields.HostGroup).SelectMany(c => c.Values)
            .Where(value => !groups.Names.Contains(value, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The error of an item for cluster rules only, with a condition on a field that such clusters do not have, so that it never matches.
    /// <see langword="null"/> if it can match.
    /// </summary>
    public static string? FieldThatClustersLack(ExceptionItem item)
    {
        var kinds = item.Rules?.Select(rule => RuleSet.Shipped.Find(rule)?.Cluster?.By).Distinct().ToList() ?? [];
        var lacking = kinds.Select(
            kind =>
                (
                    Kind: kind,
                    item.Conditions.FirstOrDefault(
                        c => kind is { } known && !ExceptionFields.OfCluster(known).Contains(c.Field))?.Field)).ToList();
        return lacking is [var (first, field), ..] && lacking.TrueForAll(l => l.Field is not null)
            ? $"a cluster by {first!.ToString()!.ToLowerInvariant()} has no {field}, only {string.Join(" and ", ExceptionFields.OfCluster(first.Value))}"
            : null;
    }

    /// <summary>The state of an item.</summary>
    public static string StateOf(ExceptionItem item, DateTimeOffset now) => item switch
    {
        { Enabled: false } => "disabled",
        _ when item.IsExpiredAt(now) => "expired",
        _ => "in force",
    };
}
