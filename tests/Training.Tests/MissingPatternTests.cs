using Changeling.Events;
using Changeling.Features;

namespace Changeling.Training.Tests;

public class MissingPatternTests
{
    [Fact]
    public void Once_its_content_is_neutral_no_event_can_be_told_from_another_by_what_it_lacks()
    {
        var whole = Tiny.Rows[0].Event;
        var expected = FeatureExtractor.Extract(MissingPattern.Neutralised(whole)).Values;

        foreach (var pattern in Enumerable.Range(0, 1 << FieldMask.All.Count))
        {
            ProcessEvent e = whole with { Child = whole.Child with { OriginalFileName = "x.exe", Elevation = TokenElevation.Full } };
            for (var f = 0; f < FieldMask.All.Count; f++)
            {
                if ((pattern & (1 << f)) != 0 && FieldMask.All[f].IsPresent(e)) e = FieldMask.All[f].Drop(e);
            }

            Assert.Equal(expected, FeatureExtractor.Extract(MissingPattern.Neutralised(e)).Values);
        }
    }

    [Fact]
    public void Masking_gives_both_classes_the_same_share_of_each_field()
    {
        var rows = Enumerable.Range(0, 4000)
            .Select(
                i =>
                    (
                        Event: Tiny.Rows[0].Event with { User = i % 2 == 0 || i % 10 == 1 ? new UserIdentity("u") : null },
                        IsAttack: i % 2 == 1))
            .ToList();
        var masking = new FieldMasking(rows);
        var random = new Random(1);

        var shares =
            rows.Select(r => (r.IsAttack, masking.Apply(r.Event, r.IsAttack, further: false, random).User)).GroupBy(r => r.IsAttack)
            .ToDictionary(g => g.Key, g => g.Average(r => r.User is null ? 0.0 : 1));

        Assert.Equal(shares[true], shares[false], 0.03);
    }
}
