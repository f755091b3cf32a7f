using System.Collections.Frozen;

namespace Changeling.Catalogues;

/// <summary>
/// A text file of words, built into an assembly: headings, and under each its items, one a line. <c>#</c> begins a comment, a line
/// that ends with a colon is a heading, and a line that begins with two blanks is an item. An item stands in double quotes where it
/// begins with <c>#</c> or a double quote, or where a blank at one of its ends counts.
/// </summary>
/// <param name="Path">Path as in messages: below the folder of the code that reads it.</param>
/// <param name="Groups">The headings with their items, in the order of the file.</param>
public sealed record WordFile(string Path, IReadOnlyList<WordGroup> Groups)
{
    /// <summary>The group under a heading.</summary>
    /// <exception cref="InvalidDataException">The file has no such heading.</exception>
    public WordGroup this[string name] =>
        Groups.FirstOrDefault(g => g.Name == name) ?? throw new InvalidDataException($"{Path}: the heading '{name}:' is missing");

    /// <summary>Reads a file that is built into the assembly of the code that asks for it.</summary>
    /// <param name="reader">The type that asks; <paramref name="path"/> starts in its folder.</param>
    /// <param name="path">For example <c>Words/telltales.txt</c>.</param>
    /// <exception cref="InvalidDataException">There is no such file, or it is malformed; the message names file and line.</exception>
    public static WordFile Read(Type reader, string path)
    {
        using var stream = reader.Assembly.GetManifestResourceStream(reader, path.Replace('/', '.'))
            ?? throw new InvalidDataException($"{path}: there is no such file in {reader.Assembly.GetName().Name}");
        using var text = new StreamReader(stream);
        return Parse(path, text);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Path for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidDataException">It is malformed; the message names file and line.</exception>
    public static WordFile Parse(string path, TextReader text)
    {
        var groups = new List<(WordLine Heading, List<WordLine> Items)>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            var words = new WordLine(path, number, line.Trim());
            if (words.Text.Length == 0 || words.Text[0] == '#') continue;
            if (!line.StartsWith("  ", StringComparison.Ordinal)) groups.Add((Heading(line, words), []));
            else if (groups.Count > 0) groups[^1].Items.Add(words.Unquoted());
            else throw words.Fault("an item stands before the first heading");
        }

        return new WordFile(path, [.. groups.Select(g => Group(g.Heading, g.Items))]).WithDistinctHeadings();
    }

    /// <summary>A look-up from each item to a value of its heading.</summary>
    /// <param name="value">The value of a heading.</param>
    /// <exception cref="InvalidDataException">An item stands in the file twice.</exception>
    public FrozenDictionary<string, T> Index<T>(Func<WordGroup, T> value)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var group in Groups)
        {
            var ofGroup = value(group);
            foreach (var item in group.Items)
            {
                if (!index.TryAdd(item.Text, ofGroup)) throw item.Fault($"'{item.Text}' stands in the file twice");
            }
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private WordFile WithDistinctHeadings()
    {
        var twice = Groups.GroupBy(g => g.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? this : throw twice.Last().Heading.Fault($"the heading '{twice.Key}:' stands in the file twice");
    }

    private static WordLine Heading(string line, WordLine words) => line[0] != ' ' && words.Text.Length > 1 && words.Text[^1] == ':'
        ? words
        : throw words.Fault("expected a heading that ends with ':', an item with two blanks before it, or a comment that begins with '#'");

    private static WordGroup Group(WordLine heading, List<WordLine> items) =>
        items.Count > 0 ? new(heading, items) : throw heading.Fault("the heading has no items");
}
