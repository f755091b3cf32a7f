using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>Records that cannot be read are said at the end, and a file of which most cannot is a failure.</summary>
public sealed class UnreadRecordsTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Theory]
    [InlineData("sources")]
    [InlineData("backtest")]
    public async Task One_bad_record_of_three_is_said_and_no_failure(string command)
    {
        Write(good: 2, bad: 1);

        var outcome = await Terminal.RunAsync(_folder, command, "events.jsonl");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("1 of 3 records could not be read, for example", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sources")]
    [InlineData("backtest")]
    public async Task Where_most_could_not_be_read_the_command_fails(string command)
    {
        Write(good: 1, bad: 2);

        var outcome = await Terminal.RunAsync(_folder, command, "events.jsonl");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("2 of 3 records could not be read", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_be_read_is_not_mentioned()
    {
        Write(good: 2, bad: 0);

        var outcome = await Terminal.RunAsync(_folder, "sources", "events.jsonl");

        Assert.DoesNotContain("could not be read", outcome.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(int good, int bad) => _folder.Write(
        "events.jsonl",
        [
            .. Enumerable.Range(0, good).SelectMany(i => Telemetry.Record("services.exe", $"x{i}.exe").Append((byte)'\n')),
            .. Enumerable.Range(0, bad).SelectMany(_ => "{\"nothing\":1}\n"u8.ToArray()),
        ]);
}
