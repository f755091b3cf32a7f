namespace Changeling.Cli;

/// <summary>
/// A file that a command writes. It is written beside its place, as <c>NAME.partial</c>, and takes it with <see cref="Keep"/>. What stood
/// there before stays as it was when the command fails or is stopped.
/// </summary>
internal sealed class OutputFile : FileStream
{
    private readonly string _target;
    private readonly bool _survives;
    private bool _isKept;

    /// <summary>Opens the partial file.</summary>
    /// <param name="target">The file's place.</param>
    /// <param name="mode">How the partial file is opened.</param>
    /// <param name="survives">
    /// Whether the partial file stays when the command does not end well, so that another run can go on with it.
    /// </param>
    public OutputFile(string target, FileMode mode, bool survives = false)
        : base(PartialOf(target), mode, FileAccess.Write, FileShare.Read) => (_target, _survives) = (target, survives);

    /// <summary>Where a file is written before it is whole. Devices have no place beside them: they are written at once.</summary>
    public static string PartialOf(string target) =>
        OperatingSystem.IsWindows() || !Path.GetFullPath(target).StartsWith("/dev/", StringComparison.Ordinal)
            ? target + ".partial"
            : target;

    /// <summary>Says that the file is whole: it takes its place when it is closed.</summary>
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
