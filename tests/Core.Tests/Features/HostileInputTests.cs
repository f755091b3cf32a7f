using Changeling.Features;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Features;

public class HostileInputTests
{
    [Fact]
    public void Every_value_is_finite_and_every_repetition_the_same_for_any_text() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String).Sample((name, path, commandLine, original) =>
        {
            var e = Some.ProcessEvent(commandLine: commandLine);
            e = e with
            {
                Child = e.Child with { Name = name, Path = path, OriginalFileName = original },
                Parent = e.Parent! with { Name = original, Path = commandLine },
            };

            e = e with { Parent = e.Parent! with { CommandLine = original + commandLine } };

            var (values, grams, _) = FeatureExtractor.Extract(e);

            var again = FeatureExtractor.Extract(e);
            return Array.TrueForAll(values, float.IsFinite)
                && values.AsSpan().SequenceEqual(again.Values)
                && grams.AsSpan().SequenceEqual(again.Grams);
        });

    [Theory]
    [InlineData("A")]
    [InlineData("\"")]
    [InlineData("^ ")]
    [InlineData("a/")]
    [InlineData("'+'")]
    [InlineData("\\\\")]
    [InlineData("SQBFAFgA")]
    [InlineData("C:\\a.b")]
    [InlineData(".exe:")]
    [InlineData("\ud800")]
    [InlineData("set a=%a%%a%&")]
    [InlineData("%comspec%")]
    [InlineData("%comspec:~-1")]
    [InlineData("[char]105+")]
    [InlineData("'a'+'b',")]
    [InlineData("'{0}{0}' -f 'aaaaaaaa' ")]
    [InlineData("'aaaa'.replace('a','aaaaaaaaaaaaaaaaaaaaaaa')")]
    [InlineData("'a',")]
    [InlineData("powershell # <# ")]
    [InlineData("<##>'")]
    [InlineData("&rem ")]
    [InlineData("105,101,")]
    [InlineData("0x69,")]
    [InlineData("%70")]
    [InlineData("-e SQBFAFgA ")]
    [InlineData("c:/a b")]
    [InlineData("c:\\windows\\system32\\cmd.exe -c ")]
    public void A_command_line_of_a_million_characters_costs_little_more_than_one_at_the_limit(string piece)
    {
        var text = "cmd /c " + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        // Arrays that are rented for the first time are made once in a thread, and no cost of a launch.
        Extract(text);
        var (atLimit, _) = Extract(text[..CommandLineText.MaxLength]);
        var (allocated, values) = Extract(text);

        Assert.All(values, v => Assert.True(float.IsFinite(v)));
        Assert.InRange(allocated, 0, 2 * atLimit);
    }

    /// <summary>The bytes that are allocated for it, and what comes out.</summary>
    private static (long Allocated, float[] Values) Extract(string commandLine)
    {
        var e = Some.ProcessEvent(child: "cmd.exe", commandLine: commandLine);
        e = e with { Parent = e.Parent! with { CommandLine = commandLine } };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var values = FeatureExtractor.Extract(e).Values;
        return (GC.GetAllocatedBytesForCurrentThread() - before, values);
    }

    [Fact]
    public void Text_between_beginning_and_end_of_a_long_line_changes_nothing()
    {
        var (start, end) = ("cmd /c " + Words(2500), Words(3000));

        Assert.Equal(
            FeatureExtractor.Extract(Some.ProcessEvent(child: "cmd.exe", commandLine: start + "notepads" + end)).Values,
            FeatureExtractor.Extract(Some.ProcessEvent(child: "cmd.exe", commandLine: start + "mimikatz" + end)).Values);
    }

    [Fact]
    public void The_end_of_a_long_line_is_read() =>
        Assert.Equal(
            1, Feature.Of(Some.ProcessEvent(child: "cmd.exe", commandLine: $"cmd /c {Words(9000)} mimikatz"), "telltale.known_tools"));

    [Theory]
    [InlineData(" ")]
    [InlineData("\t \n")]
    [InlineData("x")]
    [InlineData(";")]
    public void Padding_before_and_behind_hides_nothing(string padding)
    {
        var pad = string.Concat(Enumerable.Repeat(padding, 10_000));

        Assert.Equal(
            1, Feature.Of(Some.ProcessEvent(child: "cmd.exe", commandLine: $"cmd /c {pad} mimikatz {pad}"), "telltale.known_tools"));
    }

    private static string Words(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $" w{i % 10}"));

    [Fact]
    public void A_name_of_a_million_characters_is_bounded_too()
    {
        var e = Some.ProcessEvent(child: new string('a', 1_000_000) + ".exe");

        Assert.All(FeatureExtractor.Extract(e).Values, v => Assert.True(float.IsFinite(v)));
    }
}
