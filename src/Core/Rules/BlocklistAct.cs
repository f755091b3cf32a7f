using System.Text.RegularExpressions;
using Changeling.Features;

namespace Changeling.Rules;

/// <summary>One way to do what a pattern of the blocklist names.</summary>
public sealed class BlocklistAct
{
    /// <summary>Made when a launch has one of the signs: most never are, and each takes milliseconds and a hundred kilobytes.</summary>
    private readonly Lazy<Regex> _matches;

    private readonly Lazy<Regex>? _lacks;

    /// <summary>Creates an act.</summary>
    /// <param name="matches">See <see cref="Matches"/>.</param>
    /// <param name="programs">See <see cref="Programs"/>.</param>
    /// <param name="needs">See <see cref="Needs"/>.</param>
    /// <param name="lacks">See <see cref="Lacks"/>.</param>
    public BlocklistAct(string matches, IReadOnlyList<string>? programs = null, IReadOnlyList<string>? needs = null, string? lacks = null)
    {
        (Matches, Programs, Needs, Lacks) = (matches, programs, needs, lacks);
        _matches = Make(matches);
        _lacks = lacks is null ? null : Make(lacks);
    }

    /// <summary>
    /// Lower-case names without <c>.exe</c>, one of which runs. Without any, the expressions are for all that the launch runs, as one text.
    /// </summary>
    public IReadOnlyList<string>? Programs { get; }

    /// <summary>
    /// Of an act without programs: lower-case words, one of which stands in every text that matches. They are looked for first, because
    /// hardly any launch has one.
    /// </summary>
    public IReadOnlyList<string>? Needs { get; }

    /// <summary>Words without one of which a launch cannot do it.</summary>
    internal IReadOnlyList<string> Signs => Programs ?? Needs ?? [];

    /// <summary>
    /// A regular expression that is found in the arguments: lower case, no quotes, commas as blanks, switches with <c>-</c>, a blank at
    /// both ends, functions of DLLs as <c>#24</c>.
    /// </summary>
    public string Matches { get; }

    /// <summary>A regular expression that must not be found there.</summary>
    public string? Lacks { get; }

    /// <summary>Whether one of the commands does it.</summary>
    internal bool Fits(CommandList commands) => Programs is null
        ? Fits(commands.Script)
        : commands.Commands.Any(command => Programs.Contains(command.Program, StringComparer.Ordinal) && Fits(command.Arguments));

    private bool Fits(string words) => _matches.Value.IsMatch(words) && _lacks?.Value.IsMatch(words) != true;

    private static Lazy<Regex> Make(string pattern) =>
        new(() => new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));
}
