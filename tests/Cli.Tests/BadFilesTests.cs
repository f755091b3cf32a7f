using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>Files that cannot be read or written: one sentence that names the file and says what to do.</summary>
public sealed class BadFilesTests : IDisposable
{
    private readonly Scratch _folder = new();

    public BadFilesTests() => _folder.Write("events.jsonl", Telemetry.Record("services.exe", "svchost.exe"));

    [Fact]
    public async Task A_missing_file_is_named_before_any_other_is_scored() =>
        await RefusesAsync(["score", "events.jsonl", "missing.jsonl"], "missing.jsonl does not exist", "check the path");

    [Fact]
    public async Task An_empty_name_is_no_file() => await RefusesAsync(["score", ""], "'' does not exist");

    [Fact]
    public async Task A_folder_without_files_is_named()
    {
        Directory.CreateDirectory(_folder["empty"]);

        await RefusesAsync(["score", "empty"], _folder["empty"], "contains no file");
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "skipped: needs a file that refuses even root, /proc/self/mem of Linux");
        await RefusesAsync(["score", "/proc/self/mem"], "/proc/self/mem cannot be read", "pass a file that you can read");
    }

    [Fact]
    public async Task A_gzip_file_that_was_cut_is_refused_not_scored_in_part()
    {
        var lines = Enumerable.Range(0, 500)
            .SelectMany(i => Telemetry.Record("services.exe", $"tool{i * i}.exe").Append((byte)'\n'))
            .ToArray();
        var whole = Scratch.Gzip(lines);
        _folder.Write("half.jsonl.gz", whole.AsSpan(0, whole.Length / 2));
        _folder.Write("almost.jsonl.gz", whole.AsSpan(0, whole.Length - 4));

        await RefusesAsync(["score", "half.jsonl.gz"], "half.jsonl.gz cannot be read", "ends too early", "download it again completely");
        await RefusesAsync(
            ["score", "almost.jsonl.gz"], "almost.jsonl.gz cannot be read", "ends too early", "download it again completely");
    }

    [Fact]
    public async Task A_file_that_only_its_name_calls_gzip_is_refused()
    {
        _folder.Write("plain.jsonl.gz", Telemetry.Record("services.exe", "svchost.exe"));

        await RefusesAsync(["score", "plain.jsonl.gz"], "plain.jsonl.gz cannot be read", "its name ends in .gz");
    }

    [Fact]
    public async Task A_file_with_nothing_in_it_says_so()
    {
        _folder.Write("empty.jsonl", "\n \n"u8);

        await RefusesAsync(["score", "empty.jsonl"], "empty.jsonl: no record to score");
    }

    [Fact]
    public async Task Rubbish_gets_its_reasons_line_by_line_and_is_a_failure()
    {
        _folder.Write("rubbish.bin", [0x4D, 0x5A, 0x00, 0xFF, 0x0A, 0xC3, 0x28, 0x1B, 0x5B, 0x0A]);

        var outcome = await Terminal.RunAsync(_folder, "score", "rubbish.bin");

        outcome.FailedWith("no process creation could be read from", "rubbish.bin", "the 'error' of each line gives the reason");
        Assert.All(ScoreLine.Of(outcome), score => Assert.StartsWith("not_json", score.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--model")]
    [InlineData("--prior")]
    public async Task A_model_or_prior_that_is_none_is_named(string option)
    {
        await RefusesAsync(["score", "events.jsonl", option, "events.jsonl"], "events.jsonl cannot be used", "leave the option out");
        await RefusesAsync(["score", "events.jsonl", option, "missing"], "missing does not exist");
    }

    [Theory]
    [InlineData("nowhere/scores.jsonl", "create it first")]
    [InlineData(".", "name a file in it")]
    [InlineData("", "it is not a path; name a file")]
    [InlineData("events.jsonl/scores.jsonl", "events.jsonl/scores.jsonl")]
    public async Task An_output_that_cannot_be_written_is_named(string output, string advice)
    {
        await RefusesAsync(["score", "events.jsonl", "--output", output], $"{output}' cannot be written", advice);
        await RefusesAsync(["simulate", "--hosts", "1", "--output", output], $"{output}' cannot be written", advice);
    }

    [Fact]
    public async Task A_full_disk_is_a_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "skipped: needs a disk that is full, /dev/full of Linux");
        await RefusesAsync(["score", "events.jsonl", "--output", "/dev/full"], "/dev/full");
        await RefusesAsync(["simulate", "--hosts", "1", "--output", "/dev/full"], "/dev/full");
    }

    [Fact]
    public async Task An_input_is_never_written_over()
    {
        var before = _folder.Read("events.jsonl");

        await RefusesAsync(["score", "events.jsonl", "--output", _folder["events.jsonl"]], "events.jsonl would be overwritten");

        Assert.Equal(before, _folder.Read("events.jsonl"));
    }

    [Fact]
    public async Task Training_without_a_corpus_names_the_folder_and_what_it_should_hold()
    {
        await RefusesAsync(["train", "--data", _folder.Path, "--output", "model.zip"], _folder.Path, "recorded", ".jsonl.gz");
        await RefusesAsync(["train", "--data", "missing", "--output", "model.zip"], "missing does not exist");
        await RefusesAsync(["train", "--data", _folder.Path, "--output", "model.zip", "--hold-out", "9"], "there is no fold 9");

        Assert.Equal(["events.jsonl"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_said_before_minutes_of_training()
    {
        Directory.CreateDirectory(_folder["own"]);
        _folder.Write("own/recorded.jsonl.gz", Scratch.Gzip("no row"u8));

        await RefusesAsync(
            ["train", "--data", "own", "--output", "nowhere/model.zip"], "nowhere/model.zip' cannot be written", "create it first");
        await RefusesAsync(["train", "--data", "own", "--output", "model.zip"], "Line 1 of recorded.jsonl.gz is not a labelled row");
    }

    [Theory]
    [InlineData("missing.jsonl", "missing.jsonl does not exist")]
    [InlineData("empty.jsonl", "empty.jsonl: no message to send")]
    public async Task The_demo_checks_its_input_before_it_starts_anything(string input, string sentence)
    {
        _folder.Write("empty.jsonl", []);

        await RefusesAsync(["demo", "--input", input], sentence);
    }

    [Fact]
    public async Task The_demo_checks_its_output_before_it_starts_anything() =>
        await RefusesAsync(["demo", "--input", "events.jsonl", "--output", "events.jsonl"], "events.jsonl is a file; a folder is needed");

    public void Dispose() => _folder.Dispose();

    private async Task RefusesAsync(string[] arguments, params string[] parts) =>
        (await Terminal.RunAsync(_folder, arguments)).RefusedWith(parts);
}
