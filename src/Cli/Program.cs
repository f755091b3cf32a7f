namespace Changeling.Cli;

/// <summary>The program's entry: the process's console and signals, and nothing else.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption();
        return await interruption.RunAsync(cancellation => CliApp.RunAsync(args, ProcessConsole.Open(), cancellation));
    }
}
