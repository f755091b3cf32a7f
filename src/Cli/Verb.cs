using Changeling.HostStandIn;

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

    /// <summary>Runs a command's work.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("changeling: interrupted");
            return Interrupted;
        }
        catch (Exception exception) when (Sentence(exception) is { } sentence)
        {
            Console.Error.WriteLine($"changeling: {sentence}");
            return Failure;
        }
    }

    /// <summary>The faults that a user can do something about; anything else is ours and keeps its stack trace.</summary>
    private static string? Sentence(Exception exception) => exception switch
    {
        CliException or HostFailedException or StoreUnavailableException or InvalidDataException => exception.Message,
        FileNotFoundException { FileName: { } file } when exception.Message.Length == 0 => $"{file} is not there.",
        IOException or UnauthorizedAccessException => exception.Message,
        InvalidOperationException { InnerException: DllNotFoundException or TypeInitializationException or BadImageFormatException } => exception.Message,
        _ => null,
    };
}

/// <summary>A wrong input: the message names it and the fix.</summary>
internal sealed class CliException(string message) : Exception(message);
