namespace Changeling.RecordedFiles.Ordering;

/// <summary>
/// Sorts messages with limited memory: as many as fit are sorted in memory and written to a file as a run. Many runs become one longer run
/// in the next file, so that few are read at once.
/// </summary>
/// <param name="memory">Number of bytes that are sorted in memory.</param>
/// <param name="maxRuns">Number of runs in one file that are merged to one.</param>
internal sealed class SortedRuns(int memory, int maxRuns) : IDisposable
{
    private readonly List<RunFile> _files = [];
    private SortBuffer _buffer = new(memory);

    /// <summary>Adds a message.</summary>
    public void Add(PlacedMessage message)
    {
        if (!_buffer.HasRoomFor(message.Body.Length)) Write();
        _buffer.Add(message);
    }

    /// <summary>The sorted messages, to be merged. Called once, after the last message was added.</summary>
    public IReadOnlyList<MessageSource> Sources()
    {
        if (_files.Count > 0 && !_buffer.IsEmpty)
        {
            Write();
            _buffer = new(memory);
        }

        var sources = _files.SelectMany(file => file.Sources()).ToList();
        if (_buffer.IsEmpty) return sources;
        var sorted = _buffer.Sorted().ToList();
        return [.. sources, new MessageSource(sorted[0].Place.Ticks, () => sorted)];
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private void Write()
    {
        Write(_buffer.Sorted(), 0);
        _buffer.Clear();
    }

    private void Write(IEnumerable<PlacedMessage> sorted, int level)
    {
        if (level == _files.Count) _files.Add(new RunFile());
        var file = _files[level];
        file.Add(sorted);
        if (file.Count < maxRuns) return;
        Write(MessageSource.Merge(file.Sources()), level + 1);
        file.Clear();
    }
}
