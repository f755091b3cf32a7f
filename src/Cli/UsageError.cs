using System.CommandLine;
using System.CommandLine.Parsing;

namespace Changeling.Cli;

/// <summary>Reports a wrong command line in one sentence, also if the parser reports several errors.</summary>
internal static class UsageError
{
    /// <summary>The first error, and where to find help.</summary>
    public static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return command is RootCommand root
            ? AtRoot(root, parsed)
            : $"{parsed.Errors[0].Message.TrimEnd('.')}; see 'changeling {PathOf(parsed.CommandResult)} --help'.";
    }

    /// <summary>
    /// An option that the command does not have, which the parser takes for a file where a command takes several;
    /// <see langword="null"/> if there is none.
    /// </summary>
    public static string? UnknownOption(ParseResult parsed)
    {
        var named = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        var unknown = parsed.CommandResult.Children.SelectMany(Several).Where(named.Contains)
            .FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal) && t.Value.Length > 2)?.Value;
        if (unknown is null) return null;
        var options = parsed.CommandResult.Command.Options.Where(o => !o.Hidden).Select(o => o.Name);
        return $"{unknown} is not an option{Guess(unknown, options)}; see 'changeling {PathOf(parsed.CommandResult)} --help'.";
    }

    /// <summary>The words of an argument, or of an option that takes several.</summary>
    private static IEnumerable<Token> Several(SymbolResult result) => result switch
    {
        ArgumentResult argument => argument.Tokens,
        OptionResult { Option.AllowMultipleArgumentsPerToken: true } option => option.Tokens,
        _ => [],
    };

    private static string Guess(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>The command as it is typed, without the program's own name: <c>baseline prior</c>.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{PathOf(parent)} {result.Command.Name}"
            : result.Command.Name;

    private static string AtRoot(RootCommand root, ParseResult parsed)
    {
        var commands = string.Join(", ", root.Subcommands.Select(c => c.Name));
        return parsed.UnmatchedTokens.Count == 0
            ? $"a command is missing; pass one of {commands}; see 'changeling --help'."
            : $"'{parsed.UnmatchedTokens[0]}' is not a command{Guess(parsed.UnmatchedTokens[0], root.Subcommands.Select(c => c.Name))}; pass one of {commands}; see 'changeling --help'.";
    }
}
