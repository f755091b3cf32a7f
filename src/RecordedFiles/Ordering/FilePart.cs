using Microsoft.Win32.SafeHandles;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>Reads a part of a file that others read elsewhere at the same time.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Its first byte.</param>
/// <param name="end">The byte behind its last.</param>
internal sealed class FilePart(SafeFileHandle file, long start, long end)
{
    private byte[] _buffer = new byte[32 * 1024];
    private long _next = start;
    private int _from;
    private int _to;

    /// <summary>Reads bytes, which are valid until the next call.</summary>
    /// <returns><see langword="false"/> at the end of the part.</returns>
    public bool TryRead(int length, out ReadOnlySpan<byte> bytes)
    {
        while (_to - _from < length)
        {
            if (Fill(length)) continue;
            bytes = default;
            return false;
        }

        bytes = _buffer.AsSpan(_from, length);
        _from += length;
        return true;
    }

    private bool Fill(int length)
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_buffer.Length < length) Array.Resize(ref _buffer, length);
        var read = RandomAccess.Read(file, _buffer.AsSpan(_to, (int)Math.Min(_buffer.Length - _to, end - _next)), _next);
        _next += read;
        _to += read;
        return read > 0;
    }
}
