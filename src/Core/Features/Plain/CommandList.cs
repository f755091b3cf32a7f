using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// The commands that a launch runs, directly or through shells and other programs that start programs, at any depth and decoded. What is
/// only shown, searched or stored is not a command.
/// </summary>
/// <param name="Commands">Each program with its arguments.</param>
/// <param name="Script">All that runs, one command behind the other, as <see cref="CommandWords"/>; empty if nothing does.</param>
internal sealed record CommandList(IReadOnlyList<RunCommand> Commands, string Script)
{
    private const int MaxCommands = 256;

    private static readonly WordFile Words = WordFile.Read(typeof(CommandList), "Words/commands.txt");
    private static readonly FrozenSet<string> Starts = Words["starts"].ToSet();
    private static readonly FrozenSet<string> RunsCode = Words["runs_code"].ToSet();
    private static readonly FrozenSet<string> BeforeProgram = Words["before_program"].ToSet();
    private static readonly FrozenSet<string> TakesText = Words["takes_text"].ToSet();
    private static readonly FrozenSet<string> Shells = FrozenSet.ToFrozenSet(["cmd", "powershell", "pwsh", "iex", "invoke-expression"]);

    /// <summary>Whether a program only shows, searches, stores or sends its arguments.</summary>
    /// <param name="stem">File name without extension.</param>
    public static bool IsText(string stem) => TakesText.Contains(stem);

    /// <summary>Whether a program starts the programs that its arguments name, or runs code that stands in them.</summary>
    /// <param name="stem">File name without extension.</param>
    public static bool MayStart(string stem) => Starts.Contains(stem) || RunsCode.Contains(stem);

    /// <summary>The commands of a launch.</summary>
    /// <param name="text">The command line.</param>
    /// <param name="stem">The program's name without extension, in lower case.</param>
    /// <param name="alias">Another name that it has; empty for none.</param>
    public static CommandList Of(CommandLineText text, string stem, string alias)
    {
        if (IsText(stem)) return new([], "");
        var arguments = CommandWords.Of(string.Join(' ', text.Layers));
        var commands = new List<RunCommand> { new(stem, arguments), new(alias, arguments) };
        var script = new List<string>();
        for (var i = 0; i < text.Layers.Count; i++) Read(i == 0 ? $"{stem} {text.Layers[0]}" : text.Layers[i], commands, script);
        return new(commands, string.Join(';', script));
    }

    private static void Read(string text, List<RunCommand> commands, List<string> script)
    {
        foreach (var statement in Statement.Split(text, IsTextAt))
        {
            var words = CommandWords.Of(statement.Text);
            if (statement.IsText && !statement.FeedsShell(Shells)) continue;
            script.Add(words);
            AddPrograms(words, statement.IsText, commands);
        }
    }

    /// <summary>Where the command that begins a statement takes the rest as text, also inside shells; -1 if it does not.</summary>
    private static int IsTextAt(ReadOnlySpan<char> statement)
    {
        var count = 0;
        foreach (var range in statement[..Math.Min(statement.Length, 512)].SplitAny(" \t\r\n"))
        {
            var word = CommandWords.Of(statement[range].ToString()).Trim();
            if (word.Length == 0) continue;
            var name = ProgramIn(word, out _);
            if (TakesText.Contains(name) || TakesText.Contains(Function(word))) return range.End.Value;
            if (word[0] != '-' && !Starts.Contains(name) && !BeforeProgram.Contains(word)) return -1;
            if (++count == 24) return -1;
        }

        return -1;
    }

    /// <summary>The function that a word calls: <c>print(…</c>.</summary>
    private static string Function(string word) => word.IndexOf('(') is > 0 and var bracket ? word[..bracket] : "";

    private static void AddPrograms(string words, bool anywhere, List<RunCommand> commands)
    {
        var (mayRun, inStarter) = (true, anywhere);
        for (var start = 1; start < words.Length && commands.Count < MaxCommands;)
        {
            var end = words.IndexOf(' ', start);
            var word = words[start..end];
            var name = ProgramIn(word, out var isCalled);
            var isSwitch = word[0] == '-';
            if ((mayRun || inStarter || isCalled) && name.Length > 0 && !isSwitch)
            {
                if (!anywhere && (mayRun || isCalled) && TakesText.Contains(name)) return;
                commands.Add(new(name, Arguments(words, end)));
                inStarter |= Starts.Contains(name);
            }
            else if (isSwitch && inStarter && word.Length > 3 && word[1] is 'c' or 'k' or 'r')
            {
                // cmd /cprogram
                commands.Add(new(ProgramIn(word[2..], out _), Arguments(words, end)));
            }

            mayRun = BeforeProgram.Contains(word) || word is "-" || word[^1] is '(' or '=' or '@' || (mayRun && Starts.Contains(name));
            start = end + 1;
        }
    }

    /// <summary>The words behind a program, without the brackets that close the call of a function around it.</summary>
    private static string Arguments(string words, int end) => $"{words.AsSpan(end).TrimEnd(" )]")} ";

    /// <summary>The program that a word names, without folder and extension.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isCalled">Whether it stands behind an opening bracket, as the argument of a function.</param>
    private static string ProgramIn(string word, out bool isCalled)
    {
        var name = word.AsSpan().TrimStart("(&@$.+=\\");
        isCalled = name.IndexOf('(') is >= 0 and var bracket && bracket < name.Length - 1;
        if (isCalled) name = name[(name.LastIndexOf('(') + 1)..];
        var equals = name.IndexOf('=');
        if (equals >= 0 && equals < name.Length - 1)
        {
            name = name[(equals + 1)..];
            isCalled = true;
        }

        name = name.TrimEnd(")]}>");
        name = name[(name.LastIndexOfAny('\\', '/') + 1)..];
        return (name.EndsWith(".exe") || name.EndsWith(".com") ? name[..^4] : name.EndsWith(".") ? name[..^1] : name).ToString();
    }
}

/// <summary>A program that a launch runs.</summary>
/// <param name="Program">Its file name without <c>.exe</c>, in lower case.</param>
/// <param name="Arguments">Its arguments as <see cref="CommandWords"/>.</param>
internal sealed record RunCommand(string Program, string Arguments);
