using System.Security.Cryptography;
using System.Text;

namespace Changeling.Hubs;

/// <summary>The key by which a hub chooses the event partition: messages with one key keep their order.</summary>
public static class PartitionKey
{
    /// <summary>Event Hubs refuses longer keys.</summary>
    public const int MaxLength = 128;

    private const int HashLength = 32;

    /// <summary>A host's key: its name. Of a name too long the beginning and a hash, the same in every run.</summary>
    /// <param name="host">As the events name it.</param>
    /// <returns>At most <see cref="MaxLength"/> characters.</returns>
    public static string Of(string host)
    {
        if (host.Length <= MaxLength) return host;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)))[..HashLength];
        var beginning = host[..(MaxLength - HashLength - 1)];
        return $"{(char.IsHighSurrogate(beginning[^1]) ? beginning[..^1] : beginning)}~{hash}";
    }
}
