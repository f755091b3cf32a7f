using System.Text;
using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>Keys as UTF-8; a message without one goes to any partition.</summary>
internal sealed class NullableUtf8 : ISerializer<string?>
{
    public static readonly NullableUtf8 Serializer = new();

    public byte[] Serialize(string? data, SerializationContext context) => data is null ? null! : Encoding.UTF8.GetBytes(data);
}
