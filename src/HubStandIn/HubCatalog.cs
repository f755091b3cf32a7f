using Amqp;
using Changeling.HubStandIn.Links;

namespace Changeling.HubStandIn;

/// <summary>The hubs of a server, found by the names that clients use.</summary>
/// <param name="hubs">All of them.</param>
/// <param name="root">The URI of the server, with a slash at its end.</param>
/// <param name="time">The server's clock.</param>
internal sealed class HubCatalog(IReadOnlyList<Hub> hubs, string root, TimeProvider time)
{
    private readonly Dictionary<string, Hub> _byName = hubs.ToDictionary(hub => hub.Name, StringComparer.OrdinalIgnoreCase);

    public string Root => root;

    public TimeProvider Time => time;

    /// <exception cref="AmqpException">There is none of that name.</exception>
    public Hub Find(string name) => _byName.TryGetValue(name, out var hub) ? hub : throw LinkErrors.NotFound(root + name);
}
