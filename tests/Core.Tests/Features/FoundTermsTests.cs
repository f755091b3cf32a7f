using Changeling.Features;
using CsCheck;

namespace Changeling.Core.Tests.Features;

/// <summary>One pass for all lists, against a search for each term in the text of its list.</summary>
public class FoundTermsTests
{
    private static readonly string[] Words =
        [.. BehaviourList.All.Concat(Telltale.All).Concat(RoutineUse.All).SelectMany(b => b.Parts).Select(p => p.Text)];

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]),
        Gen.Select(Gen.Int[0, Words.Length - 1], Gen.Int[0, 20], (i, cut) => Words[i][Math.Min(cut, Words[i].Length)..]),
        Gen.String[Gen.Char["ab -.\\"], 0, 4]);

    private static readonly Gen<string> Text = Word.Array[0, 8].Select(string.Concat);

    [Fact]
    public void All_lists_count_the_terms_that_are_in_their_texts() =>
        Gen.Select(Text, Text, Text).Sample((plain, names, pair) =>
        {
            var arguments = $" {plain.Trim()} ";

            var found = new FoundTerms(arguments, comment: "", names, pair);

            Assert.Equal(Counts(BehaviourList.All, arguments), found.Behaviours);
            Assert.Equal(Counts(Telltale.All, $" {names}{arguments}"), found.Telltales);
            if (pair.Length > 0) Assert.Equal(Counts(RoutineUse.All, $" {pair}{arguments}"), found.RoutineUses);
            Assert.Equal(
                MarkSearch.Parts.Where(p => p.IsIn(arguments)).Aggregate(Marks.None, (marks, p) => marks | MarkSearch.MarksOf(p)),
                found.Marks);
        });

    [Fact]
    public void A_lure_in_a_comment_counts() =>
        Assert.Equal(2, new FoundTerms("  ", "verify you are human", "powershell", "").Telltales.Max());

    private static IEnumerable<byte> Counts(IReadOnlyList<Behaviour> all, string text) =>
        all.Select(b => (byte)(text.Length < BehaviourSearch.MinText ? 0 : Math.Min(Behaviour.MaxTerms, b.Terms.Count(t => t.IsIn(text)))));
}
