using Changeling.Features;

namespace Changeling.Core.Tests.Features;

public class FeaturePhraseTests
{
    /// <summary>
    /// Who adds a feature also says what an analyst would call it: in <see cref="OwnPhrases"/>, unless its name follows a pattern.
    /// </summary>
    [Fact]
    public void Every_computed_feature_has_a_phrase() =>
        Assert.All(FeatureSchema.Computed, feature => Assert.NotNull(FeaturePhrases.Phrase(feature.Name)));

    [Fact]
    public void No_two_features_are_called_the_same() =>
        Assert.Equal(FeatureSchema.Computed.Count, FeatureSchema.Computed.Select(f => FeaturePhrases.Phrase(f.Name)).Distinct().Count());

    [Fact]
    public void Without_an_event_a_number_is_some() =>
        Assert.Equal("some switches", FeaturePhrases.Of("command_line.switches", "switches", value: null));

    [Theory]
    [InlineData("command_line.length", "log₂ of 1 + characters of the arguments", 5.0f, "arguments of 31 characters")]
    [InlineData("command_line.digits", "share of characters", 0.25f, "25 % digits in the arguments")]
    [InlineData("behaviour.lsass", "terms found", 2f, "memory of LSASS")]
    [InlineData("behaviour.lsass", "terms found", 0f, "no memory of LSASS")]
    [InlineData("parent.behaviour.lsass", "terms found", 1f, "memory of LSASS, by the parent")]
    [InlineData("command_line.switches", "switches", 0f, "no switches")]
    [InlineData("command_line.switches", "switches", 1f, "one switch")]
    [InlineData("command_line.switches", "switches", 4f, "4 switches")]
    [InlineData("behaviour.kinds", "kinds", 0f, "no listed behaviour")]
    [InlineData("behaviour.kinds", "kinds", 1f, "one listed behaviour")]
    [InlineData("behaviour.kinds", "kinds", 3f, "3 kinds of behaviour at once")]
    [InlineData("parent.telltale.terms", "terms", 0f, "no telltale combination of words, by the parent")]
    [InlineData("parent.telltale.terms", "terms", 2f, "2 telltale combinations of words, by the parent")]
    [InlineData("command_line.pipes", "characters", 1f, "one pipe")]
    [InlineData("something.never_seen", "flag", 1f, "something never seen")]
    public void A_phrase_holds_the_value_as_a_person_reads_it(string feature, string unit, float value, string expected) =>
        Assert.Equal(expected, FeaturePhrases.Of(feature, unit, value));
}
