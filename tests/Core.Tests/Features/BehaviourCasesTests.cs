using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>
/// The terms of telltales, behaviours and routine uses, as tables in <c>Cases/Features</c>: <c>name ¦ command line ⇶ yes or no</c>.
/// </summary>
public class BehaviourCasesTests
{
    public static TheoryData<string, string> EachFile => new()
    {
        { "telltales.txt", "telltale" },
        { "behaviours.txt", "behaviour" },
        { "routine-uses.txt", "custom" },
    };

    [Theory]
    [MemberData(nameof(EachFile))]
    public void Every_case_holds(string file, string group)
    {
        var wrong = Cases(file).Where(c => IsFound(group, c) != c.Expected).Select(c => $"{c.Line}: it is the other way round").ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(EachFile))]
    public void Every_name_has_a_case_that_holds_it_and_one_that_does_not(string file, string group)
    {
        var cases = Cases(file).Select(c => (c.Name, c.Expected)).ToHashSet();

        var missing = Behaviour.Read($"Words/{file}").SelectMany(b => new[] { (b.Name, true), (b.Name, false) }).Except(cases);

        Assert.True(!missing.Any(), $"{group}s without a case: {string.Join(", ", missing)}");
    }

    /// <summary>In the tables of routine uses the parent stands before the command line: <c>parent.exe, command line</c>.</summary>
    private static bool IsFound(string group, (string Line, string Name, string CommandLine, bool Expected) c)
    {
        var comma = group == "custom" ? c.CommandLine.IndexOf(", ", StringComparison.Ordinal) : -1;
        var parent = comma < 0 ? "explorer.exe" : c.CommandLine[..comma];
        var commandLine = comma < 0 ? c.CommandLine : c.CommandLine[(comma + 2)..];
        var program = commandLine.Split(' ')[0];
        var child = program.EndsWith(".exe", StringComparison.Ordinal) ? program : $"{program}.exe";
        return Feature.Of(Some.ProcessEvent(parent, child, commandLine), $"{group}.{c.Name}") > 0;
    }

    private static IEnumerable<(string Line, string Name, string CommandLine, bool Expected)> Cases(string file) =>
        from line in File.ReadLines(RepositoryRoot.Combine("tests", "Core.Tests", "Cases", "Features", file))
        where line.Contains('⇶') && !line.StartsWith('#')
        let parts = line.Split('⇶')
        let input = parts[0].Split('¦', 2)
        select (line, input[0].Trim(), input[1].Trim(), parts[1].Trim() == "yes");
}
