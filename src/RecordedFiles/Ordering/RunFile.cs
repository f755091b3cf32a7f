using System.Buffers.Binary;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>A temporary file of runs: sorted messages, one run behind the other.</summary>
internal sealed class RunFile : IDisposable
{
    /// <summary>Time, tag, and number of bytes of the body.</summary>
    private const int HeadLength = sizeof(long) + sizeof(byte) + sizeof(int);

    private readonly FileStream _file = TemporaryFile.Create();
    private readonly List<(long First, long Start, long End)> _runs = [];

    /// <summary>Number of runs.</summary>
    public int Count => _runs.Count;

    /// <summary>Adds a run.</summary>
    /// <param name="sorted">At least one message, in order.</param>
    public void Add(IEnumerable<PlacedMessage> sorted)
    {
        var (start, first) = (_file.Position, (long?)null);
        Span<byte> head = stackalloc byte[HeadLength];
        foreach (var (place, body) in sorted)
        {
            first ??= place.Ticks;
            BinaryPrimitives.WriteInt64LittleEndian(head, place.Ticks);
            head[sizeof(long)] = place.Tag;
            BinaryPrimitives.WriteInt32LittleEndian(head[(sizeof(long) + 1)..], body.Length);
            _file.Write(head);
            _file.Write(body.Span);
        }

        _file.Flush();
        _runs.Add((first!.Value, start, _file.Position));
    }

    /// <summary>The runs, to be merged. Each is read with a buffer of its own.</summary>
    public IEnumerable<MessageSource> Sources() => _runs.Select(run => new MessageSource(run.First, () => Read(run.Start, run.End)));

    /// <summary>Removes all runs.</summary>
    public void Clear()
    {
        _runs.Clear();
        _file.SetLength(0);
    }

    public void Dispose() => _file.Dispose();

    private IEnumerable<PlacedMessage> Read(long start, long end)
    {
        var bytes = new FilePart(_file.SafeFileHandle, start, end);
        while (bytes.TryRead(HeadLength, out var head))
        {
            var place = new MessagePlace(BinaryPrimitives.ReadInt64LittleEndian(head), head[sizeof(long)]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head[(sizeof(long) + 1)..]);
            if (!bytes.TryRead(length, out var body))
                throw new InvalidDataException("a temporary file became shorter; run the command again.");
            yield return new PlacedMessage(place, body.ToArray());
        }
    }
}
