using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>
/// Runs the built <c>changeling</c> as a process of its own, for what only a process shows: signals, kills, its environment, its streams.
/// </summary>
internal static class CommandProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Where the .NET lies that runs this test, so that the program is found by it whatever the PATH says.</summary>
    private static readonly string DotNet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The program in its own output folder, not the copy beside the tests.</summary>
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, OperatingSystem.IsWindows()
            ? "changeling.exe"
            : "changeling"));

    /// <summary>Runs a command to its end.</summary>
    public static Task<Outcome> RunAsync(Scratch folder, params string[] arguments) => RunAsync(folder, [], arguments);

    /// <summary>Runs a command to its end, with bytes on its standard input.</summary>
    public static async Task<Outcome> RunAsync(Scratch folder, byte[] input, params string[] arguments)
    {
        using var process = Start(Info(folder, arguments));
        return await FeedAsync(process, input);
    }

    /// <summary>Runs a command to its end, with another environment.</summary>
    public static async Task<Outcome> RunAsync(Scratch folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var info = Info(folder, arguments);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        using var process = Start(info);
        return await FeedAsync(process, []);
    }

    /// <summary>What starts a command; its output comes here.</summary>
    public static ProcessStartInfo Info(Scratch folder, params IEnumerable<string> arguments) => new(Program, arguments)
    {
        WorkingDirectory = folder.Path,
        Environment = { ["DOTNET_ROOT"] = DotNet },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    public static Process Start(ProcessStartInfo info) =>
        Process.Start(info) ?? throw new InvalidOperationException("No process was started.");

    /// <summary>
    /// Starts a command with Ctrl-C not ignored: what a shell starts behind it ignores it, and so does all that this starts.
    /// </summary>
    /// <param name="info">The command.</param>
    /// <param name="through">Programs that start it, each taking a command as its arguments.</param>
    public static Process StartInterruptible(ProcessStartInfo info, params IEnumerable<string> through)
    {
        string[] all = ["--default-signal=INT", .. through, info.FileName, .. info.ArgumentList];
        info.FileName = "env";
        info.ArgumentList.Clear();
        foreach (var argument in all) info.ArgumentList.Add(argument);
        return Start(info);
    }

    /// <summary>Sends a signal to a process, or to a process group by its negative id.</summary>
    public static async Task SignalAsync(string signal, int id)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for a command that was started, and kills it when it takes too long.</summary>
    public static async Task<Outcome> FeedAsync(Process process, byte[] input)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var (output, errors) =
                (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.BaseStream.WriteAsync(input, patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
