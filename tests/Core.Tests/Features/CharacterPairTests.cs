using Changeling.Features;
using CsCheck;

namespace Changeling.Core.Tests.Features;

public class CharacterPairTests
{
    [Fact]
    public void What_is_in_a_text_is_never_ruled_out() =>
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((before, part, after) =>
            new CharacterPairs(before + part + after, new ulong[CharacterPairs.Words]).MayHold(CharacterPairs.Of(part)));

    [Fact]
    public void What_shares_no_pair_with_a_text_is_ruled_out() =>
        Assert.False(new CharacterPairs("notepad readme.txt", new ulong[CharacterPairs.Words]).MayHold(CharacterPairs.Of("urlcache")));
}
