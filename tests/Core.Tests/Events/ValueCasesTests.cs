using System.Globalization;
using Changeling.Events.Values;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>The rules for single values, as tables in <c>Cases/Events</c>: <c>input ⇶ expected</c>, <c>none</c> for no value.</summary>
public class ValueCasesTests
{
    [Theory]
    [InlineData("times.txt", 43)]
    [InlineData("paths.txt", 18)]
    [InlineData("names.txt", 16)]
    [InlineData("command-line-programs.txt", 15)]
    [InlineData("parents.txt", 20)]
    [InlineData("process-ids.txt", 15)]
    [InlineData("accounts.txt", 13)]
    [InlineData("integrity.txt", 15)]
    [InlineData("elevation.txt", 10)]
    [InlineData("hashes.txt", 9)]
    public void Every_case_holds(string file, int atLeast)
    {
        var cases = Cases(file).ToList();

        var wrong = cases.Where(c => Actual(file, c.Input) != c.Expected)
            .Select(c => $"{c.Input} ⇶ {Actual(file, c.Input)}, not {c.Expected}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(cases.Count >= atLeast, $"only {cases.Count} cases were found in {file}");
    }

    private static string Actual(string file, string input) => file switch
    {
        "times.txt" => EventTimes.Of(input)?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        "paths.txt" => FilePath.Normalise(input),
        "names.txt" => FilePath.NameOf(input),
        "command-line-programs.txt" => CommandLineProgram.NameOf(input),
        "parents.txt" => ProgramName.IsPlausible(FilePath.NameOf(input) ?? "") ? "program" : null,
        "process-ids.txt" => ProcessIds.Of(input)?.ToString(CultureInfo.InvariantCulture),
        "accounts.txt" => Accounts.Of(input) is { } user ? Parts(user.Domain, user.Name, user.Sid) : null,
        "integrity.txt" => TokenValues.Integrity(input)?.ToString(),
        "elevation.txt" => TokenValues.Elevation(input)?.ToString(),
        "hashes.txt" => Hashes.OfList(input) is { } hashes ? Parts(hashes.Md5, hashes.Sha1, hashes.Sha256, hashes.ImpHash) : null,
        _ => throw new ArgumentException(file),
    } ?? "none";

    private static string Parts(params IEnumerable<string?> parts) => string.Join(", ", parts.Select(part => part ?? "none"));

    private static IEnumerable<(string Input, string Expected)> Cases(string file) =>
        from line in File.ReadLines(RepositoryRoot.Combine("tests", "Core.Tests", "Cases", "Events", file))
        where line.Contains('⇶')
        let parts = line.Split('⇶')
        select (parts[0].Trim(), parts[1].Trim());
}
