using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

public class DescribeTests
{
    [Fact]
    public void A_hashed_feature_is_called_after_the_text_that_fell_into_it()
    {
        var e = Some.ProcessEvent(child: "certutil.exe", commandLine: "certutil -urlcache");
        var set = Enumerable.Range(0, FeatureSchema.Length).Where(i => FeatureExtractor.Extract(e).Values[i] != 0).ToList();

        var names = FeatureExtractor.Describe(Launch.Of(e), set);

        Assert.Contains("command_line.word:-urlcache", names);
        Assert.Contains("lineage.name:explorer.exe>certutil.exe", names);
        Assert.Contains("command_line.trigram:rlc", names);
    }

    [Fact]
    public void A_computed_feature_keeps_its_name() =>
        Assert.Equal(FeatureSchema.Definitions[0].Name, Assert.Single(FeatureExtractor.Describe(Launch.Of(Some.ProcessEvent()), [0])));

    /// <summary>Values worked out by hand from the definition of FNV-1a: buckets must not move between machines or versions.</summary>
    [Theory]
    [InlineData("", 2786964252u)]
    [InlineData("urlcache", 644668834u)]
    public void The_hash_is_the_same_everywhere(string text, uint expected) => Assert.Equal(expected, StableHash.Of(text));
}
