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

            var (values, grams) = FeatureExtractor.Extract(e);

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
    public void A_command_line_of_a_million_characters_costs_little_more_than_one_at_the_limit(string piece)
    {
        var text = "cmd /c " + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        FeatureExtractor.Extract(Some.ProcessEvent(child: "cmd.exe", commandLine: "cmd /c warm up"));

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
    public void Text_beyond_the_limit_changes_nothing()
    {
        var within = "cmd /c " + new string('x', 9000);

        Assert.Equal(
            FeatureExtractor.Extract(Some.ProcessEvent(child: "cmd.exe", commandLine: within)).Values,
            FeatureExtractor.Extract(Some.ProcessEvent(child: "cmd.exe", commandLine: within + " mimikatz")).Values);
    }

    [Fact]
    public void A_name_of_a_million_characters_is_bounded_too()
    {
        var e = Some.ProcessEvent(child: new string('a', 1_000_000) + ".exe");

        Assert.All(FeatureExtractor.Extract(e).Values, v => Assert.True(float.IsFinite(v)));
    }
}
