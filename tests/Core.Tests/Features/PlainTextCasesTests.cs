using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>
/// What is read of a command line, as tables in <c>Cases/Features</c>: <c>command line ⇶ plain arguments</c>, or
/// <c>command line ⇶ plain arguments ¦ comment</c>. <c>{n}</c> is a line break.
/// </summary>
public class PlainTextCasesTests
{
    public static TheoryData<string> EachFile => ["plain-text.txt", "decoded-text.txt", "comments.txt"];

    [Theory]
    [MemberData(nameof(EachFile))]
    public void Every_case_reads_as_it_says(string file)
    {
        var wrong = Cases(file).Select(c => (c.Line, c.Expected, Read: Read(c.CommandLine)))
            .Where(c => c.Read != c.Expected)
            .Select(c => $"{c.Line}\n  reads as: {c.Read.Plain} ¦ {c.Read.Comment}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Plain_text_reads_as_itself()
    {
        var changed = Cases("plain-text.txt")
            .Select(c => (c.Expected.Plain, Again: Read($"{c.CommandLine.Split(' ')[0].Trim('"')} {c.Expected.Plain}").Plain))
            .Where(c => c.Again != c.Plain)
            .Select(c => $"{c.Plain} → {c.Again}")
            .ToList();

        Assert.True(changed.Count == 0, string.Join('\n', changed));
    }

    private static (string Plain, string Comment) Read(string commandLine)
    {
        var first = commandLine.StartsWith('"') ? commandLine[1..commandLine.IndexOf('"', 1)] : commandLine.Split(' ')[0];
        var name = first[(first.LastIndexOf('\\') + 1)..].ToLowerInvariant();
        if (!name.Contains('.')) name += ".exe";
        var text = CommandLineText.Of(commandLine, "", name);
        return (text.Effective.Trim(), text.Comment);
    }

    private static IEnumerable<(string Line, string CommandLine, (string Plain, string Comment) Expected)> Cases(string file) =>
        from line in File.ReadLines(RepositoryRoot.Combine("tests", "Core.Tests", "Cases", "Features", file))
        where line.Contains('⇶') && !line.StartsWith('#')
        let parts = line.Split('⇶')
        let expected = parts[1].Split('¦')
        select (line,
            parts[0].Trim().Replace("{n}", "\n", StringComparison.Ordinal),
            (expected[0].Trim(), expected.Length > 1 ? expected[1].Trim() : ""));
}
