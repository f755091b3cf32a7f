using Changeling.Cli.Baseline;

namespace Changeling.Cli.Tests.Operations;

/// <summary>Which host is meant by the beginning of a name.</summary>
public sealed class HostNamesTests
{
    private static readonly string[] Known =
    [
        "WIN-01.corp.example", "WIN-012.corp.example", "win-02.corp.example", "WIN-02.corp.example", "db.a.example", "db.b.example", "lone",
    ];

    [Theory]
    [InlineData("win-01.corp.example", "WIN-01.corp.example")]
    [InlineData("WIN-01", "WIN-01.corp.example")]
    [InlineData("win-012*", "WIN-012.corp.example")]
    [InlineData("win-012", "WIN-012.corp.example")]
    [InlineData("WIN-02*", "win-02.corp.example")]
    [InlineData("l", "lone")]
    [InlineData("lone*", "lone")]
    [InlineData("ws-*", null)]
    [InlineData("ws-1", null)]
    public void A_name_is_found_by_itself_without_its_domain_and_by_a_beginning_that_only_it_has(string text, string? host) =>
        Assert.Equal(host, HostNames.Find(Known, text), ignoreCase: true);

    [Theory]
    [InlineData("win-01*", "'win-01*' fits 2 hosts: WIN-01.corp.example, WIN-012.corp.example; write more of the name.")]
    [InlineData("win", "'win' fits 3 hosts: ")]
    [InlineData("db", "'db' fits 2 hosts: db.a.example, db.b.example; ")]
    [InlineData("*", "'*' is not the beginning of a host's name")]
    [InlineData("w*1", "'w*1' is not the beginning of a host's name")]
    public void What_fits_several_hosts_is_an_error_that_names_the_first_of_them(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<CliException>(() => HostNames.Find(Known, text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_many_hosts_only_the_first_are_named() => Assert.Equal(
        "'h' fits 40 hosts: h10, h11, h12, …; write more of the name.",
        Assert.Throws<CliException>(() => HostNames.Find(Enumerable.Range(10, 40).Select(i => $"h{i}"), "h")).Message);
}
