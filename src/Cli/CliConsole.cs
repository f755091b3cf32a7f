using Spectre.Console;

namespace Changeling.Cli;

/// <summary>
/// The environment of a command: standard input, output and error, the folder for relative file names, and environment variables. The
/// program uses those of the process (<see cref="ProcessConsole"/>), a test uses streams in memory.
/// </summary>
internal sealed class CliConsole
{
    /// <summary>The width for a file or pipe, so large that nothing is wrapped.</summary>
    private const int NoWidth = 10_000;

    /// <summary>Opens standard input for bytes.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Opens standard output for bytes; closing it leaves standard output open.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>
    /// Standard output for tables and colours: as wide as the terminal, plain and never wrapped where it is redirected.
    /// </summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Standard error for the progress of long work, so that a pipe has the result alone.</summary>
    public required IAnsiConsole Progress { get; init; }

    /// <summary>Standard output for lines that are written as they are.</summary>
    public required TextWriter Lines { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard output is a file or a pipe.</summary>
    public bool IsOutputRedirected { get; init; } = true;

    /// <summary>Whether standard error is a file or a pipe.</summary>
    public bool IsErrorRedirected { get; init; } = true;

    /// <summary>Whether the user can answer a question, because standard input and output are a terminal.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Asks before something is deleted for good.</summary>
    /// <param name="isConfirmed">Whether the user has passed <c>--yes</c>.</param>
    /// <param name="what">What is done, as the beginning of a sentence.</param>
    /// <exception cref="CliException">The user did not confirm, or cannot be asked.</exception>
    public void Confirm(bool isConfirmed, string what)
    {
        if (isConfirmed) return;
        if (!CanAsk) throw new CliException($"this {what}; pass --yes to confirm.");
        if (!Out.Confirm($"This {Markup.Escape(what)}. Go on?", defaultValue: false))
            throw new CliException("nothing was deleted; answer y, or pass --yes.");
    }

    /// <summary>The folder for relative file names.</summary>
    /// <value>Empty for the current directory of the process.</value>
    public string Folder { get; init; } = "";

    /// <summary>A setting of the environment by name; <see langword="null"/> where it is not set.</summary>
    public required Func<string, string?> Setting { get; init; }

    /// <summary>The path of a file or folder that the user names; the name itself, unless <see cref="Folder"/> says otherwise.</summary>
    /// <param name="name">As the user wrote it; empty names, addresses, and the one that stands for standard input, stay.</param>
    public string PathOf(string name) =>
        name is "" or InputFiles.StandardInput || name.Contains("://", StringComparison.Ordinal) ? name : Path.Combine(Folder, name);

    /// <summary>Output to a file or pipe: no colours, no escape sequences, no wrapping.</summary>
    /// <remarks>Without the library's guesses by environment variables: some CI services would get escape sequences into files.</remarks>
    public static IAnsiConsole Plain(TextWriter target)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(target),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = NoWidth;
        return console;
    }
}
