using System.Text.RegularExpressions;
using Amqp;
using Amqp.Framing;

namespace Changeling.HubStandIn.Links;

/// <summary>
/// The address that a link is attached to: <c>HUB</c>, <c>HUB/Partitions/N</c> or <c>HUB/ConsumerGroups/GROUP/Partitions/N</c>.
/// </summary>
/// <param name="Hub">The hub's name.</param>
/// <param name="ConsumerGroup">Null for links that send.</param>
/// <param name="Partition">The partition's id as text; null for links that let the hub choose.</param>
internal sealed partial record LinkAddress(string Hub, string? ConsumerGroup, string? Partition)
{
    /// <summary>The address of a link that clients send through.</summary>
    /// <exception cref="AmqpException">The address is missing or not valid.</exception>
    public static LinkAddress OfPublisher(Attach attach) => Parse((attach.Target as Target)?.Address, Publisher());

    /// <summary>The address of a link that clients receive through.</summary>
    /// <exception cref="AmqpException">There is none, or it is no such address.</exception>
    public static LinkAddress OfReader(Attach attach) => Parse((attach.Source as Source)?.Address, Reader());

    private static LinkAddress Parse(string? address, Regex form)
    {
        var match = form.Match(Uri.UnescapeDataString(address ?? string.Empty));
        return match.Success
            ? new LinkAddress(match.Groups["hub"].Value, Optional(match.Groups["group"]), Optional(match.Groups["partition"]))
            : throw LinkErrors.NotFound(address ?? string.Empty);
    }

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex("^/?(?<hub>[^/]+)(/Partitions/(?<partition>[^/]+))?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Publisher();

    [GeneratedRegex("^/?(?<hub>[^/]+)/ConsumerGroups/(?<group>[^/]+)/Partitions/(?<partition>[^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Reader();
}
