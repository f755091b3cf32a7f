using System.IO.Compression;

namespace Changeling.Backtest.Checkpoints;

/// <summary>A run that was ended, to be gone on with.</summary>
public sealed class EarlierRun : IDisposable
{
    internal EarlierRun(ZipArchive archive, RunState state) => (Archive, State) = (archive, state);

    /// <summary>Bytes of the file of detections at the checkpoint.</summary>
    public long OutputLength => State.OutputLength;

    internal ZipArchive Archive { get; }

    internal RunState State { get; }

    /// <inheritdoc/>
    public void Dispose() => Archive.Dispose();
}
