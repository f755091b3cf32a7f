using Changeling.HostStandIn;
using Changeling.Storing;

namespace Changeling.Cli;

/// <summary>The common part of all commands: an error is one sentence on standard error and an exit code.</summary>
internal static class Verb
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The command failed; the message says what to do.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM, if the command did not end in time (128 + SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>How long a command may clean up after Ctrl-C; then the process ends, with all processes that it started.</summary>
    public static readonly TimeSpan CleansUpWithin = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command on a thread of its own, so that Ctrl-C also works during a computation.</summary>
    public static async Task<int> RunAsync(CliConsole console, Func<Task<int>> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("changeling: interrupted");
            return Interrupted;
        }
        catch (Exception exception) when (Sentence(exception) is { } sentence)
        {
            console.Error.WriteLine($"changeling: {sentence}");
            return Failure;
        }
    }

    /// <summary>The errors that a user can correct. Any other exception is a bug and keeps its stack trace.</summary>
    private static string? Sentence(Exception exception) => exception switch
    {
        CliException or HostFailedException or StoreUnavailableException or InvalidDataException => exception.Message,
        FileNotFoundException or DirectoryNotFoundException => exception.Message,
        IOException or UnauthorizedAccessException => $"{exception.Message.TrimEnd('.')}; free some space, or name another place.",
        InvalidOperationException
        {
            InnerException: DllNotFoundException or TypeInitializationException or BadImageFormatException,
        } => exception.Message,
        _ => null,
    };
}

/// <summary>A wrong input: the message names it and the fix.</summary>
internal sealed class CliException(string message) : Exception(message);
