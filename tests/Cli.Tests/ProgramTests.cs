using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>The program itself: what all other tests of commands replace.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task Standard_input_goes_in_and_standard_output_has_nothing_but_the_result()
    {
        var outcome = (await CommandProcess.RunAsync(_folder, Telemetry.Record("services.exe", "svchost.exe"), "score", "-")).Succeeded();

        Assert.Equal("services.exe > svchost.exe", Assert.Single(ScoreLine.Of(outcome)).Lineage);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public async Task Relative_names_begin_in_the_current_directory()
    {
        _folder.Write("events.jsonl", Telemetry.Record("services.exe", "svchost.exe"));

        var outcome = (await CommandProcess.RunAsync(_folder, "score", "events.jsonl", "--output", "scores.jsonl")).Succeeded();

        Assert.Equal(("", "1 records, 1 scored → scores.jsonl\n"), (outcome.Output, outcome.Errors.ReplaceLineEndings("\n")));
        Assert.Equal("events.jsonl", Assert.Single(ScoreLine.Of(Encoding.UTF8.GetString(_folder.Read("scores.jsonl")))).File);
    }

    [Fact]
    public async Task A_table_in_a_pipe_is_neither_wrapped_nor_coloured()
    {
        var outcome = (
            await CommandProcess.RunAsync(
                _folder,
                new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" },
                "baseline",
                "prior",
                "powershell.exe")).Succeeded();

        Assert.Contains("conhost.exe", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Output);
    }

    [Theory]
    [InlineData(1, "score", "missing.jsonl")]
    [InlineData(2, "scor")]
    public async Task A_refusal_is_one_sentence_on_standard_error_and_an_exit_code(int exitCode, params string[] arguments)
    {
        var outcome = await CommandProcess.RunAsync(_folder, arguments);

        outcome.RefusedWith();
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public async Task A_setting_is_read_from_the_environment_of_the_process()
    {
        var outcome = await CommandProcess.RunAsync(
            _folder,
            new Dictionary<string, string> { ["Storage__AccountName"] = "Not-An-Account", ["Storage__ConnectionString"] = "" },
            "models",
            "list");

        outcome.RefusedWith("lower-case letters and digits");
    }

    public void Dispose() => _folder.Dispose();
}
