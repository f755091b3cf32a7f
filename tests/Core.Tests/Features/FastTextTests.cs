using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Features;

/// <summary>The ways that are fast against the most direct ones.</summary>
public class FastTextTests
{
    [Fact]
    public void Plain_text_is_what_the_direct_way_gives() =>
        LaunchTexts.Any.Sample(text => Assert.Equal(DirectText.Plain(text), PlainText.Of(text)), iter: 5000);

    [Fact]
    public void Folded_words_are_what_the_direct_way_gives() =>
        LaunchTexts.Any.Sample(text =>
        {
            var plain = PlainText.Of(text);

            Assert.Equal(DirectText.Words(plain), FoldedWords.Of(plain));
        }, iter: 5000);

    [Fact]
    public void Runs_are_found_that_are_found_character_by_character() =>
        Gen.Select(Gen.String[Gen.Char["ab- "], 0, 60], Gen.Int[1, 6]).Sample((text, minLength) =>
        {
            var set = System.Buffers.SearchValues.Create("ab");
            var found = new List<(int, int)>();
            for (var end = 0; CharacterRuns.Next(text, end, minLength, set) is >= 0 and var start;)
            {
                end = CharacterRuns.End(text, start, set);
                found.Add((start, end));
            }

            Assert.Equal(
                System.Text.RegularExpressions.Regex.Matches(text, "[ab]+").Where(m => m.Length >= minLength)
                    .Select(m => (m.Index, m.Index + m.Length)),
                found);
        });

    [Fact]
    public void Every_set_bucket_has_a_text_and_no_other_for_any_launch() =>
        Gen.Select(LaunchTexts.Any, LaunchTexts.Any, Gen.Int[0, 3]).Sample((line, parentLine, child) =>
        {
            var name = new[] { "cmd.exe", "powershell.exe", "tool.exe", "rundll32.exe" }[child];
            var launch = Launch.Of(Some.ProcessEvent(child: name, commandLine: line, parentCommandLine: parentLine));

            var (values, grams, actGrams) = FeatureExtractor.Extract(launch);

            var names = PlainNames.OfGrams(launch, values);
            Assert.Equal(names.Keys.Order(), grams);
            Assert.Equal(actGrams.Distinct().Order(), actGrams);
            Assert.Subset(grams.ToHashSet(), actGrams.ToHashSet());
        }, iter: 300);

    [Fact]
    public void A_launch_with_a_parent_that_is_remembered_is_the_same() =>
        Gen.Select(LaunchTexts.Any, Gen.Int[0, 2], Gen.Int[0, 2]).Array[1, 12].Sample(launches =>
        {
            var parents = new RecentParents();
            foreach (var (line, path, parentLine) in launches)
            {
                var e = Some.ProcessEvent(commandLine: line);
                e = e with
                {
                    Parent = new ParentProcess
                    {
                        Name = "cmd.exe",
                        Path = new[] { null, "C:\\Windows\\System32\\cmd.exe", "c:\\users\\bob\\CMD.exe" }[path],
                        CommandLine = new[] { null, "cmd /c a.bat", "cmd /c b.ps1 -enc" }[parentLine],
                    },
                };

                var remembered = FeatureExtractor.Extract(Launch.Of(LaunchFields.Of(e), parents.Of));

                var (values, grams, actGrams) = FeatureExtractor.Extract(e);
                Assert.Equal(values, remembered.Values);
                Assert.Equal(grams, remembered.Grams);
                Assert.Equal(actGrams, remembered.ActGrams);
            }
        }, iter: 100);
}
