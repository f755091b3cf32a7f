using Spectre.Console;

namespace Changeling.Cli;

#pragma warning disable RS0030 // The one place that knows the process's console and environment; everything else is given a CliConsole.

/// <summary>The console of this process.</summary>
internal static class ProcessConsole
{
    /// <summary>Takes standard input, output and error as they are.</summary>
    public static CliConsole Open() => new()
    {
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
        Out = Console.IsOutputRedirected ? CliConsole.Plain(Console.Out) : AnsiConsole.Console,
        Progress = Console.IsErrorRedirected
            ? CliConsole.Plain(Console.Error)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        Lines = Console.Out,
        Error = Console.Error,
        IsOutputRedirected = Console.IsOutputRedirected,
        IsErrorRedirected = Console.IsErrorRedirected,
        CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        Setting = Environment.GetEnvironmentVariable,
    };
}
