using System.Diagnostics;

namespace Changeling.HostStandIn;

/// <summary>
/// A child process that ends with this process: it is killed by its id when this object is disposed and when this process exits. If this
/// process is killed, a small watcher kills the child.
/// </summary>
internal sealed class OwnedProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputWithin = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Process? _watcher;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _outputs = 2;

    private OwnedProcess(Process process, Action<string> onLine)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, e) => Pass(e.Data, onLine);
        process.ErrorDataReceived += (_, e) => Pass(e.Data, onLine);
        process.Exited += (_, _) => End();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _watcher = Watch(process.Id);
        if (process.HasExited) End();
        AppDomain.CurrentDomain.ProcessExit += OnOurExit;
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>
    /// Completes after the exit, when the last line of output has come; not much later where a child still holds the output.
    /// </summary>
    public Task OutputRead => Task.WhenAny(_outputRead.Task, LateOutputAsync());

    public bool IsAlive => !Exited.IsCompleted && !_process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="info">What to start; its output is redirected here.</param>
    /// <param name="onLine">Called with each line of either output; from any thread.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static OwnedProcess Start(ProcessStartInfo info, Action<string> onLine)
    {
        info.UseShellExecute = false;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.CreateNoWindow = true;
        return new OwnedProcess(new Process { StartInfo = info }, onLine);
    }

    /// <summary>Kills the process without a signal before, as the Functions host does; on request together with its children.</summary>
    public void Kill(bool withChildren = false)
    {
        try
        {
            _process.Kill(withChildren);
        }
        catch (InvalidOperationException)
        {
            // The process has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnOurExit;
        Kill(withChildren: true);
        await Task.WhenAny(Exited, Task.Delay(EndsWithin));
        Unwatch();
        _process.Dispose();
        _watcher?.Dispose();
    }

    private async Task LateOutputAsync()
    {
        await Exited;
        await Task.Delay(OutputWithin);
    }

    /// <summary>Null is the end of an output.</summary>
    private void Pass(string? line, Action<string> onLine)
    {
        if (line is not null) onLine(line);
        else if (Interlocked.Decrement(ref _outputs) == 0) _outputRead.TrySetResult();
    }

    /// <summary>
    /// A shell that waits on a pipe which only this process holds open. When this process has ended for any reason, the shell kills the
    /// child.
    /// </summary>
    private static Process? Watch(int id)
    {
        if (OperatingSystem.IsWindows()) return null;
        return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT TERM HUP; read _; kill -9 \"$0\"", $"{id}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
    }

    private void End()
    {
        Unwatch();
        _exited.TrySetResult(_process.ExitCode);
    }

    private void Unwatch()
    {
        try
        {
            _watcher?.Kill();
        }
        catch (InvalidOperationException)
        {
            // It is gone already.
        }
    }

    private void OnOurExit(object? sender, EventArgs e) => Kill(withChildren: true);
}
