using System.CommandLine;
using System.CommandLine.Parsing;

namespace Changeling.Cli;

/// <summary>Options and arguments that name files or folders: relative names are resolved against the console's folder.</summary>
internal static class PathSymbols
{
    public static Option<string> AsPath(this Option<string> option, CliConsole console)
    {
        option.CustomParser = result => console.PathOf(result.Tokens[0].Value);
        return option;
    }

    public static Option<string?> AsOptionalPath(this Option<string?> option, CliConsole console)
    {
        option.CustomParser = result => console.PathOf(result.Tokens[0].Value);
        return option;
    }

    public static Option<string[]> AsPaths(this Option<string[]> option, CliConsole console)
    {
        option.CustomParser = result => All(result, console);
        return option;
    }

    public static Argument<string> AsPath(this Argument<string> argument, CliConsole console)
    {
        argument.CustomParser = result => console.PathOf(result.Tokens[0].Value);
        return argument;
    }

    public static Argument<string?> AsOptionalPath(this Argument<string?> argument, CliConsole console)
    {
        argument.CustomParser = result => result.Tokens is [var token, ..] ? console.PathOf(token.Value) : null;
        return argument;
    }

    public static Argument<string[]> AsPaths(this Argument<string[]> argument, CliConsole console)
    {
        argument.CustomParser = result => All(result, console);
        return argument;
    }

    private static string[] All(ArgumentResult result, CliConsole console) =>
    [
        .. result.Tokens.Select(token => console.PathOf(token.Value)),
    ];
}
