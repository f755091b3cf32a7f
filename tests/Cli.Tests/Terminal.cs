using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>Runs <c>changeling</c> in this process, with streams in memory; relative names of files begin in the test's folder.</summary>
internal static class Terminal
{
    /// <summary>Runs a command to its end.</summary>
    public static Task<Outcome> RunAsync(Scratch folder, params string[] arguments) => RunAsync(folder, [], arguments);

    /// <summary>Runs a command to its end, with bytes on its standard input.</summary>
    public static Task<Outcome> RunAsync(Scratch folder, byte[] input, params string[] arguments) =>
        RunAsync(folder, input, new Dictionary<string, string>(), arguments);

    /// <summary>Runs a command to its end, with settings in its environment.</summary>
    public static Task<Outcome> RunAsync(Scratch folder, IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        RunAsync(folder, [], settings, arguments);

    private static async Task<Outcome> RunAsync(
        Scratch folder, byte[] input, IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        using var output = new OpenOutput();
        await using var lines = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        await using var errors = new StringWriter();
        await using var progress = new StringWriter();
        var console = new CliConsole
        {
            OpenInput = () => new MemoryStream(input),
            OpenOutput = () => output,
            Out = CliConsole.Plain(lines),
            Progress = CliConsole.Plain(TextWriter.Synchronized(progress)),
            Lines = lines,
            Error = TextWriter.Synchronized(errors),
            Folder = folder.Path,
            Setting = settings.GetValueOrDefault,
        };

        var exitCode = await CliApp.RunAsync(arguments, console, TestContext.Current.CancellationToken);

        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), errors.ToString())
        {
            Progress = progress.ToString(),
        };
    }

    /// <summary>Standard output outlives the commands that open and close it.</summary>
    private sealed class OpenOutput : MemoryStream
    {
        public override void Close()
        {
        }
    }
}
