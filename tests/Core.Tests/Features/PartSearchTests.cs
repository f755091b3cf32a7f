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
            var (found, list) = (new bool[parts.Length], new ushort[parts.Length]);

            var count = new PartSearch(parts).Find(text, found, list);

            Assert.Equal(parts.Where(p => p.IsIn(text)).ToHashSet(), list.Take(count).Select(i => parts[i]).ToHashSet());
            Assert.Equal(count, found.Count(f => f));
            Assert.All(list.Take(count), i => Assert.True(found[i]));
        });

    [Fact]
    public void A_part_is_found_behind_a_place_where_its_neighbours_forbid_it() =>
        Assert.Equal(1, new PartSearch([new("del", true, true)]).Find("model del", new bool[1], new ushort[1]));

    [Fact]
    public void Behaviours_are_counted_as_term_by_term() =>
        Gen.Select(Gen.Int[0, Telltale.All.Count - 1], Gen.Int[0, Telltale.All.Count - 1]).Sample((one, other) =>
        {
            var words = Telltale.All[one].Terms.Concat(Telltale.All[other].Terms).SelectMany(t => t.Parts).Select(p => p.Text);
            var text = $" {string.Join(' ', words)} ";

            var counts = new BehaviourSearch(Telltale.All).CountIn(text);

            Assert.Equal(Telltale.All.Select(b => Math.Min(Behaviour.MaxTerms, b.Terms.Count(t => t.IsIn(text)))), counts);
        }, iter: 30);
}
