using System.IO.Compression;

namespace Changeling.Backtest.Checkpoints;

/// <summary>An interrupted run that can be continued.</summary>
public sealed class EarlierRun : IDisposable
{
    internal EarlierRun(ZipArchive archive, RunState state) => (Archive, State) = (archive, state);

    /// <summary>Length of the file of detections at the checkpoint, in bytes.</summary>
    public long OutputLength => State.OutputLength;

    internal ZipArchive Archive { get; }

    internal RunState State { get; }

    /// <inheritdoc/>
    public void Dispose() => Archive.Dispose();
}
