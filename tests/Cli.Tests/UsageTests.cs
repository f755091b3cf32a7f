namespace Changeling.Cli.Tests;

/// <summary>A wrong command line: one sentence, exit code 2, and nothing done.</summary>
public sealed class UsageTests : IDisposable
{
    private const int Usage = 2;

    private readonly Scratch _folder = new();

    [Fact]
    public async Task Without_a_command_the_commands_are_listed() =>
        await RefusesAsync([], "demo, score, simulate, train", "changeling --help");

    [Fact]
    public async Task An_unknown_command_is_named_and_the_known_ones_listed() =>
        await RefusesAsync(["scor", "events.jsonl"], "'scor'", "demo, score, simulate, train");

    [Theory]
    [InlineData("score", "FILE")]
    [InlineData("simulate", "--output")]
    [InlineData("train", "--data")]
    public async Task A_missing_argument_is_named(string command, string missing) =>
        await RefusesAsync([command], missing, $"changeling {command} --help");

    [Fact]
    public async Task An_unknown_option_is_named() =>
        await RefusesAsync(["simulate", "--output", "x.jsonl", "--loud"], "--loud", "changeling simulate --help");

    [Theory]
    [InlineData("simulate", "--seed", "seven")]
    [InlineData("simulate", "--hosts", "99999999999")]
    [InlineData("demo", "--seed", "")]
    [InlineData("demo", "--hosts", "many")]
    public async Task A_number_that_is_none_is_named_with_its_option(string command, string option, string value) =>
        await RefusesAsync([command, option, value, "--output", "x"], option, $"'{value}'", "whole number");

    [Theory]
    [InlineData("simulate", "--hosts", "0", "between 1 and 10,000")]
    [InlineData("simulate", "--hours", "-1", "between 1 and 720")]
    [InlineData("simulate", "--attacks", "1001", "between 0 and 1,000")]
    [InlineData("demo", "--hosts", "-3", "between 1 and 10,000")]
    [InlineData("demo", "--azurite-port", "65536", "--azurite-port")]
    public async Task A_number_out_of_range_is_answered_with_the_range(string command, string option, string value, string range)
    {
        var outcome = await Terminal.RunAsync(_folder, command, option, value, "--output", "x");

        outcome.RefusedWith(range);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Help_is_no_error_and_names_every_command()
    {
        var outcome = await Terminal.RunAsync(_folder, "--help");

        outcome.Succeeded();
        Assert.Empty(outcome.Errors);
        Assert.All(["demo", "score", "simulate", "train"], command => Assert.Contains($"  {command} ", outcome.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RefusesAsync(string[] arguments, params string[] parts)
    {
        var outcome = await Terminal.RunAsync(_folder, arguments);

        outcome.RefusedWith(parts);
        Assert.Equal(Usage, outcome.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
