using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>A wrong command line: one sentence, exit code 2, and nothing done.</summary>
public sealed class UsageTests : IDisposable
{
    private const int Usage = 2;

    private readonly Scratch _folder = new();

    [Fact]
    public async Task Without_a_command_the_commands_are_listed() =>
        await RefusesAsync([], "demo, score, simulate, label, train", "changeling --help");

    [Fact]
    public async Task An_unknown_command_is_named_and_the_known_ones_listed() =>
        await RefusesAsync(["scor", "events.jsonl"], "'scor'", "demo, score, simulate, label, train");

    [Theory]
    [InlineData("score", "FILE")]
    [InlineData("simulate", "--output")]
    [InlineData("train", "--data")]
    public async Task A_missing_argument_is_named(string command, string missing) =>
        await RefusesAsync([command], missing, $"changeling {command} --help");

    [Fact]
    public async Task A_command_of_a_command_is_named_with_both() =>
        await RefusesAsync(["baseline", "prior"], "PARENT", "changeling baseline prior --help");

    [Fact]
    public async Task A_connection_string_with_a_damaged_key_is_answered_in_one_sentence() =>
        (await Terminal.RunAsync(_folder, "baseline", "top", "--connection-string",
            "AccountName=devstoreaccount1;AccountKey=x;BlobEndpoint=http://127.0.0.1:9/devstoreaccount1"))
            .FailedWith("the connection string cannot be read", "UseDevelopmentStorage=true");

    [Fact]
    public async Task The_prior_of_a_parent_that_it_has_not_seen_is_its_class_and_what_any_other_child_would_get()
    {
        var office = (await Terminal.RunAsync(_folder, "baseline", "prior", "sumatrapdf.exe")).Succeeded();
        var word = (await Terminal.RunAsync(_folder, "baseline", "prior", "winword.exe")).Succeeded();
        var shell = (await Terminal.RunAsync(_folder, "baseline", "prior", "powershell.exe")).Succeeded();

        Assert.Contains("no launch by this parent", office.Output, StringComparison.Ordinal);
        Assert.Matches(@"Any child[^:]*: rarity \d+\.\d before anything is counted", office.Output.ReplaceLineEndings(" "));
        Assert.Contains("splwow64.exe", word.Output, StringComparison.Ordinal);
        Assert.Contains("conhost.exe", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no launch by this parent", shell.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bactest", "did you mean backtest?")]
    [InlineData("scroe", "did you mean score?")]
    public async Task A_command_that_is_nearly_right_is_guessed(string command, string guess) =>
        await RefusesAsync([command, "events.jsonl"], guess);

    [Theory]
    [InlineData("score", "--modle", "did you mean --model?")]
    [InlineData("backtest", "--ruels", "did you mean --rules?")]
    [InlineData("backtest", "--something-else", "--something-else is not an option; see 'changeling backtest --help'")]
    public async Task An_unknown_option_is_not_taken_for_a_file(string command, string option, string message) =>
        await RefusesAsync([command, "events.jsonl", option, "x"], message);

    [Fact]
    public async Task The_value_of_an_option_may_begin_with_two_dashes() =>
        (await Terminal.RunAsync(_folder, "explain", "--finding=--x", "--in", "none.jsonl")).FailedWith("none.jsonl does not exist");

    [Fact]
    public async Task An_unknown_option_is_no_further_value_of_one_that_takes_several() =>
        await RefusesAsync(["backtest", "events.jsonl", "--rules", "own.json", "--exeptions", "x"], "did you mean --exceptions?");

    [Fact]
    public async Task After_two_dashes_everything_is_a_file() =>
        (await Terminal.RunAsync(_folder, "score", "--", "--odd.jsonl")).FailedWith("--odd.jsonl does not exist");

    [Theory]
    [InlineData("probabilty", "did you mean probability?")]
    [InlineData("size", "'size' is not a column to sort by; pass one of probability, rarity, time, host")]
    public async Task An_unknown_column_is_an_error(string column, string message) =>
        await RefusesAsync(["score", "events.jsonl", "--sort", column], message);

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
        Assert.All(
            ["demo", "score", "simulate", "train"], command => Assert.Contains($"  {command} ", outcome.Output, StringComparison.Ordinal));
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
