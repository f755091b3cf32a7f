using Changeling.HostStandIn;
using Changeling.Storing;

namespace Changeling.Cli;

/// <summary>What all commands share: what goes wrong is one sentence on standard error and an exit code.</summary>
internal static class Verb
{
    /// <summary>It worked.</summary>
    public const int Success = 0;

    /// <summary>It did not; the sentence says what to do.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM, where the command did not end by itself (128 + SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>How long a command may clean up after Ctrl-C; then the process ends, and what it started with it.</summary>
    public static readonly TimeSpan CleansUpWithin = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command's work; on a thread of its own, so that Ctrl-C is answered also while it computes.</summary>
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

    /// <summary>The faults that a user can do something about; anything else is ours and keeps its stack trace.</summary>
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
