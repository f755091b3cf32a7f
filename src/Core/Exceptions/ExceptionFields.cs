using System.Collections.Frozen;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Exceptions;

/// <summary>The fields that conditions may name, by their ECS names, and their values for a launch or a cluster of launches.</summary>
public static class ExceptionFields
{
    /// <summary>File name of the child.</summary>
    public const string Child = "process.name";

    /// <summary>File name of the parent.</summary>
    public const string Parent = "process.parent.name";

    /// <summary>The child's command line as received.</summary>
    public const string CommandLine = "process.command_line";

    /// <summary>The account, with and without its domain.</summary>
    public const string User = "user.name";

    /// <summary>The endpoint, with and without its DNS domain.</summary>
    public const string Host = "host.name";

    /// <summary>The groups of <see cref="HostGroups"/> that the host is in.</summary>
    public const string HostGroup = "host.group";

    private static readonly FrozenDictionary<string, Func<ProcessEvent, HostGroups, IEnumerable<string?>>> Readers =
        new Dictionary<string, Func<ProcessEvent, HostGroups, IEnumerable<string?>>>(StringComparer.Ordinal)
        {
            [Child] = (e, _) => [e.Child.Name],
            ["process.executable"] = (e, _) => [e.Child.Path],
            [CommandLine] = (e, _) => [e.Child.CommandLine],
            ["process.code_signature.subject_name"] = (e, _) =>
            [
                e.Child.Signature is { Status: SignatureStatus.Valid } valid ? valid.Signer : null,
            ],
            [Parent] = (e, _) => [e.Parent?.Name],
            ["process.parent.executable"] = (e, _) => [e.Parent?.Path],
            [User] = (e, _) => [e.User?.Name, e.User is { Name: { } name, Domain: { } domain } ? $@"{domain}\{name}" : null],
            [Host] = (e, _) => HostNames(e.Host.Name),
            [HostGroup] = (e, groups) => groups.Of(e.Host.Name),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// The fields that a cluster of a kind has: those of its entity. It has no launch of its own, so a condition on any other never holds.
    /// </summary>
    public static IReadOnlyList<string> OfCluster(ClusterKind kind) => kind switch
    {
        ClusterKind.Parent => [Parent],
        ClusterKind.Host => [Host, HostGroup],
        _ => [User],
    };

    /// <summary>A host's name, with and without its DNS domain.</summary>
    internal static IReadOnlyList<string> HostNames(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? [name, name[..dot]] : [name];

    /// <summary>The values of a field for a launch, in lower case; empty if the source does not have it.</summary>
    internal static string[] Read(string field, ProcessEvent e, HostGroups groups) => Present(Readers[field](e, groups));

    /// <summary>The values of a field for a cluster, in lower case; empty for a field that clusters of its kind do not have.</summary>
    internal static string[] Read(string field, SumKey cluster, HostGroups groups)
    {
        if (!OfCluster(cluster.Kind).Contains(field, StringComparer.Ordinal)) return [];
        return Present(field switch
        {
            Host => HostNames(cluster.Entity),
            HostGroup => groups.Of(cluster.Entity),
            User => [cluster.Entity, cluster.Entity[(cluster.Entity.IndexOf('\\', StringComparison.Ordinal) + 1)..]],
            _ => [cluster.Entity],
        });
    }

    private static string[] Present(IEnumerable<string?> values) =>
    [
        .. values.Where(value => value is { Length: > 0 }).Select(value => value!.ToLowerInvariant()),
    ];
}
