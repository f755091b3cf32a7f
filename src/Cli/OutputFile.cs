using System.IO.Compression;

namespace Changeling.Cli;

/// <summary>
/// A file that a command writes. It is written as <c>NAME.partial</c> and renamed by <see cref="Keep"/>. If the command fails or is
/// stopped, an existing file is not changed.
/// </summary>
internal sealed class OutputFile : FileStream
{
    private readonly string _target;
    private readonly bool _survives;
    private bool _isKept;

    /// <summary>Opens the partial file.</summary>
    /// <param name="target">The path of the complete file.</param>
    /// <param name="mode">How the partial file is opened.</param>
    /// <param name="survives">
    /// Whether the partial file is kept if the command fails, so that another run can continue it.
    /// </param>
    public OutputFile(string target, FileMode mode, bool survives = false)
        : base(PartialOf(target), mode, FileAccess.Write, FileShare.Read) => (_target, _survives) = (target, survives);

    /// <summary>The path that is written before the file is complete. Devices are written directly.</summary>
    public static string PartialOf(string target) =>
        OperatingSystem.IsWindows() || !Path.GetFullPath(target).StartsWith("/dev/", StringComparison.Ordinal)
            ? target + ".partial"
            : target;

    /// <summary>Writes the whole content, gzipped if the file's name ends in <c>.gz</c>.</summary>
    /// <param name="write">Writes the content to the stream that it gets.</param>
    public async Task WriteContentAsync(Func<Stream, Task> write)
    {
        if (IsGzip(_target))
        {
            await using var gzip = new GZipStream(this, CompressionLevel.Optimal, leaveOpen: true);
            await write(gzip);
        }
        else
        {
            await write(this);
        }
    }

    /// <summary>Whether a file of this name is gzipped.</summary>
    public static bool IsGzip(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Marks the file as complete, so that it is renamed when it is closed.</summary>
    public void Keep() => _isKept = true;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Settle();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Settle();
    }

    private void Settle()
    {
        var partial = PartialOf(_target);
        if (partial == _target || !File.Exists(partial)) return;
        if (_isKept) File.Move(partial, _target, overwrite: true);
        else if (!_survives) File.Delete(partial);
    }
}
