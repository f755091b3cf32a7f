using Spectre.Console;

namespace Changeling.Cli;

/// <summary>Standard output for people: colours, and lines cut to the width, only where it is a terminal.</summary>
internal static class Terminal
{
    /// <summary>A file or pipe has no width; nothing in it is wrapped.</summary>
    private const int NoWidth = 10_000;

    /// <summary>The console that all commands write tables and progress to.</summary>
    public static IAnsiConsole Out { get; } = Console.IsOutputRedirected ? Plain() : AnsiConsole.Console;

    /// <summary>Without the library's guesses by environment variables: some CI services would get escape sequences into files.</summary>
    private static IAnsiConsole Plain()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = NoWidth;
        return console;
    }
}
