using Changeling.Features;
using CsCheck;

namespace Changeling.Core.Tests.Features;

public class PartSearchTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab-. \\é"], 0, 40];

    private static readonly Gen<TextPart> Part =
        Gen.Select(Gen.String[Gen.Char["ab-. \\"], 1, 4], Gen.Bool, Gen.Bool, (text, start, end) => new TextPart(text, start, end));

    [Fact]
    public void One_pass_finds_what_a_search_for_each_part_finds() =>
        Gen.Select(Part.Array[1, 30], Text).Sample((parts, text) =>
        {
            parts = [.. parts.Distinct()];
            var found = new FoundParts(new byte[parts.Length], new ushort[parts.Length]);

            new PartSearch(parts).Find(text, from: 0, reading: 1, ref found);

            Assert.Equal(parts.Where(p => p.IsIn(text)).ToHashSet(), found.All.ToArray().Select(i => parts[i]).ToHashSet());
        });

    [Fact]
    public void What_lies_behind_a_seam_and_what_begins_before_it_is_all_that_a_text_has() =>
        Gen.Select(Part.Array[1, 30], Text, Text).Sample((parts, lead, text) =>
        {
            parts = [.. parts.Distinct()];
            var (whole, seam) = ($"{lead} {text}", lead.Length + 1);
            var found = new FoundParts(new byte[parts.Length], new ushort[parts.Length]);
            var search = new PartSearch(parts);

            search.Find($" {text}", from: 1, reading: 1, ref found);
            search.FindBefore(whole.AsSpan(0, Math.Min(whole.Length, seam + search.MaxLength + 1)), seam, reading: 2, ref found);

            Assert.Equal(parts.Where(p => p.IsIn(whole)).ToHashSet(), found.All.ToArray().Select(i => parts[i]).ToHashSet());
        });

    [Fact]
    public void A_part_is_found_behind_a_place_where_its_neighbours_forbid_it()
    {
        var found = new FoundParts(new byte[1], new ushort[1]);

        new PartSearch([new("del", true, true)]).Find("model del", from: 0, reading: 1, ref found);

        Assert.Equal(1, found.All.Length);
    }

    [Fact]
    public void Behaviours_are_counted_as_term_by_term() =>
        Gen.Select(Gen.Int[0, Telltale.All.Count - 1], Gen.Int[0, Telltale.All.Count - 1]).Sample((one, other) =>
        {
            var words = Telltale.All[one].Terms.Concat(Telltale.All[other].Terms).SelectMany(t => t.Parts).Select(p => p.Text);
            var text = $" {string.Join(' ', words)} ";

            var counts = new BehaviourSearch(Telltale.All).CountIn(text);

            var expected = Telltale.All.Select(b => (byte)Math.Min(Behaviour.MaxTerms, b.Terms.Count(t => t.IsIn(text))));
            Assert.Equal(expected, counts);
        }, iter: 30);
}
