using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>The version of a user's own model or prior.</summary>
public sealed class VersionOptionTests
{
    [Fact]
    public void It_has_the_date_and_does_not_look_like_one_that_ships()
    {
        var late = new DateTimeOffset(2026, 12, 1, 1, 30, 0, TimeSpan.FromHours(2));

        Assert.Equal("own-2026-11-30", VersionOption.Of(late));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("baseline", "build-prior")]
    public async Task Commands_that_make_a_model_or_prior_have_it_as_the_default(params string[] command)
    {
        using var folder = new Scratch();

        var help = (await Terminal.RunAsync(folder, [.. command, "--help"])).Succeeded().Output;

        Assert.Contains("own-", help, StringComparison.Ordinal);
        Assert.DoesNotContain("2026.11.", help, StringComparison.Ordinal);
    }
}
