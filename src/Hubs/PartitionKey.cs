using System.Security.Cryptography;
using System.Text;

namespace Changeling.Hubs;

/// <summary>The key by which a hub chooses the event partition: messages with one key keep their order.</summary>
public static class PartitionKey
{
    /// <summary>Maximum length of a key; Event Hubs refuses longer ones.</summary>
    public const int MaxLength = 128;

    private const int HashLength = 32;

    /// <summary>
    /// The key of a host: its name. A name that is too long is replaced by its beginning and a hash, which is the same in every run.
    /// </summary>
    /// <param name="host">The host's name in the events.</param>
    /// <returns>At most <see cref="MaxLength"/> characters.</returns>
    public static string Of(string host)
    {
        if (host.Length <= MaxLength) return host;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)))[..HashLength];
        var beginning = host[..(MaxLength - HashLength - 1)];
        return $"{(char.IsHighSurrogate(beginning[^1]) ? beginning[..^1] : beginning)}~{hash}";
    }
}
