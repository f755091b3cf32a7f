using System.Text;

namespace Changeling.Simulation.Formats;

/// <summary>Splits a command line at blanks outside quotes, as far as made-up ones need it.</summary>
internal static class CommandLineWords
{
    public static IReadOnlyList<string> Of(string commandLine)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var unit in commandLine)
        {
            if (unit == '"') isQuoted = !isQuoted;
            else if (unit == ' ' && !isQuoted) Take(word, words);
            else word.Append(unit);
        }

        Take(word, words);
        return words;
    }

    private static void Take(StringBuilder word, List<string> words)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }
}
