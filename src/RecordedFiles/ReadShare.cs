namespace Changeling.RecordedFiles;

/// <summary>Converts bytes of files that were read to their share of all bytes, which is reported in steps of a thousandth.</summary>
/// <param name="files">The files.</param>
/// <param name="progress">Receives the share, 0–1.</param>
internal sealed class ReadShare(IReadOnlyList<RecordedFile> files, IProgress<double> progress) : IProgress<long>
{
    private readonly double _all = Math.Max(1, files.Sum(file => file.Length));
    private long _read;
    private double _reported;

    /// <summary>Adds bytes that were read.</summary>
    public void Report(long value)
    {
        _read += value;
        var share = Math.Min(1, _read / _all);
        if (share < _reported + 0.001) return;
        _reported = share;
        progress.Report(share);
    }

    /// <summary>The share of these files; <see langword="null"/> if nobody receives it.</summary>
    public static ReadShare? Of(IReadOnlyList<RecordedFile> files, IProgress<double>? progress) =>
        progress is null ? null : new(files, progress);
}
