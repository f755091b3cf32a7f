using System.Text;

namespace Changeling.RecordedFiles;

/// <summary>One message of a file, or a part of the file that cannot be read.</summary>
/// <param name="Number">
/// Its place in the file from 1: the line of text or CSV at which it starts, else the number of the record.
/// </param>
/// <param name="Body">The bytes that a collector would send. For an unreadable part, a text that no format matches.</param>
public sealed record RecordedMessage(int Number, ReadOnlyMemory<byte> Body)
{
    /// <summary>What cannot be read; <see langword="null"/> for a message.</summary>
    public string? Damage { get; private init; }

    /// <summary>Where Event Hubs Capture has taken it from; <see langword="null"/> for other files.</summary>
    public CapturedPlace? Captured { get; init; }

    /// <summary>An unreadable part. A pipeline that gets its body counts it as a record that cannot be read.</summary>
    public static RecordedMessage Unreadable(int number, string damage) =>
        new(number, Encoding.UTF8.GetBytes($"unreadable: {damage}")) { Damage = damage };
}

/// <summary>The place of a captured message in its hub.</summary>
/// <param name="Partition">The event partition's id.</param>
/// <param name="SequenceNumber">The hub's number of the message.</param>
/// <param name="EnqueuedTime">When the broker took it, UTC.</param>
public sealed record CapturedPlace(string Partition, long SequenceNumber, DateTimeOffset EnqueuedTime);
