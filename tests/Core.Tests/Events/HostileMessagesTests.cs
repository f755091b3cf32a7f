using System.Text.Json;
using Changeling.Events;
using Changeling.Events.Json;
using Changeling.Events.Values;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>What an attacker or a broken sender may send: each gives a reason, and none harms its neighbours.</summary>
public class HostileMessagesTests
{
    private static readonly string Launch = GoldenLaunch.Messages["winlogbeat"].ReplaceLineEndings(" ");

    [Fact]
    public void A_broken_gzip_stream_is_kept_whole()
    {
        var whole = PeelingTests.Gzipped(Reading.Bytes(Launch));
        var cut = whole[..(whole.Length / 2)];
        byte[] noise = [0x1F, 0x8B, 1, 2, 3];
        var wrongSum = whole.ToArray();
        wrongSum[^5] ^= 0x55;

        foreach (var body in new[] { cut, noise, wrongSum, whole[..^4] })
        {
            var unreadable = Assert.IsType<RecordOutcome.Unreadable>(Assert.Single(Reading.All(body)));
            Assert.Equal(DeadLetterReasons.BadGzip, unreadable.Reason);
            Assert.Equal(body, unreadable.Body.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData(16 * 1024 * 1024 + 1, int.MaxValue)]
    [InlineData(2 * 1024 * 1024, 200)]
    public void A_body_that_inflates_beyond_its_limits_is_not_read(int inflatedBytes, int ratio)
    {
        var reader = new MessageReader(new MessageLimits { MaxInflationRatio = ratio });

        var outcome = Assert.Single(reader.Read(PeelingTests.Gzipped(new byte[inflatedBytes])));

        Assert.Equal(DeadLetterReasons.InflatedTooLarge, Assert.IsType<RecordOutcome.Unreadable>(outcome).Reason);
    }

    [Theory]
    [InlineData("[", "0", ",", "]")]
    [InlineData("{\"records\":[", "0", ",", "]}")]
    [InlineData("", "{}", "\n", "")]
    [InlineData("[", "[]", ",", "]")]
    public void A_message_of_more_records_than_allowed_is_one_dead_letter(string start, string record, string separator, string end)
    {
        var reader = new MessageReader(new MessageLimits { MaxRecords = 100 });
        byte[] Body(int records) => Reading.Bytes(start + string.Join(separator, Enumerable.Repeat(record, records)) + end);

        Assert.Equal(100, reader.Read(Body(100)).Count);
        var whole = Assert.IsType<RecordOutcome.Unreadable>(Assert.Single(reader.Read(Body(101))));
        Assert.Equal((DeadLetterReasons.TooManyRecords, (long)Body(101).Length), (whole.Reason, whole.Body.Length));
    }

    /// <summary>The names of an answer's columns are written once for each row.</summary>
    [Fact]
    public void A_long_column_name_does_not_multiply_the_answer_of_a_query()
    {
        var rows = string.Join(',', Enumerable.Repeat("[1]", 15_000));
        var body = Reading.Bytes($$"""{"tables":[{"columns":[{"name":"{{new string('a', 200_000)}}"}],"rows":[{{rows}}]}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcomes = Reading.All(body);

        Assert.Equal(15_000, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.IsType<RecordOutcome.Unreadable>(outcome));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * body.Length);
    }

    [Fact]
    public void Sixteen_megabytes_of_zeros_are_one_dead_letter_and_cost_no_more_than_their_bytes()
    {
        var body = Reading.Bytes("[0" + string.Concat(Enumerable.Repeat(",0", 8_000_000)) + "]");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcome = Assert.Single(Reading.All(body));

        Assert.Equal(DeadLetterReasons.TooManyRecords, Assert.IsType<RecordOutcome.Unreadable>(outcome).Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void A_small_body_may_inflate_by_any_ratio()
    {
        var body = PeelingTests.Gzipped(Reading.Bytes(Launch + new string(' ', 900_000)));

        Assert.Equal("read", Reading.Words(Reading.All(body)));
    }

    [Theory]
    [InlineData(10_000, "too_deep")]
    [InlineData(65, "too_deep")]
    [InlineData(64, "unknown_format")]
    public void Nesting_is_bounded(int depth, string reason)
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        Assert.Equal(reason, Reading.Unreadable(body).Reason);
    }

    [Theory]
    [InlineData("[", "", "]")]
    [InlineData("{\"a\":", "1", "}")]
    [InlineData("[{\"records\":[", "", "]}]")]
    public async Task Nesting_of_a_million_levels_is_read_in_linear_time(string open, string middle, string close)
    {
        const int Levels = 1_000_000;
        var body = Reading.Bytes(string.Concat(Enumerable.Repeat(open, Levels)) + middle + string.Concat(Enumerable.Repeat(close, Levels)));

        // Making a document of it is quadratic: half an hour.
        var outcomes = await Task.Run(() => Reading.All(body), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.All(outcomes, o => Assert.Equal(DeadLetterReasons.TooDeep, Assert.IsType<RecordOutcome.Unreadable>(o).Reason));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"records\":[", "]}")]
    [InlineData("[{\"records\":[", "]}]")]
    public void A_launch_beside_a_record_that_is_too_deep_is_read(string start, string end)
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);

        var outcomes = Reading.All(Reading.Bytes($"{start}{deep},{Launch}{end}"));

        Assert.Equal(DeadLetterReasons.TooDeep, Assert.IsType<RecordOutcome.Unreadable>(outcomes[0]).Reason);
        Assert.IsType<RecordOutcome.Read>(outcomes[1]);
    }

    [Fact]
    public async Task Lines_that_begin_values_without_an_end_are_read_in_linear_time()
    {
        // Each line opens an array that would go on to the end of the text, 60 deep.
        var line = "[" + string.Concat(Enumerable.Repeat("0,", 20_000)) + "\n";
        var body = Reading.Bytes(string.Concat(Enumerable.Repeat(line, 300)));

        var outcomes = await Task.Run(() => Reading.All(body), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.All(outcomes, o => Assert.IsType<RecordOutcome.Unreadable>(o));
    }

    [Fact]
    public void A_large_record_that_cannot_be_read_is_kept_by_its_beginning_its_length_and_its_hash()
    {
        var body = Reading.Bytes($$"""{"nothing":"{{new string('x', 1_000_000)}}"}""");

        var kept = Assert.IsType<RecordOutcome.Unreadable>(Assert.Single(Reading.All(PeelingTests.Gzipped(body)))).Body;

        Assert.Equal((DeadBody.MaxBytes, body.Length), (kept.Bytes.Length, kept.Length));
        Assert.Equal(body[..DeadBody.MaxBytes], kept.Bytes.ToArray());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)), kept.Sha256);
    }

    [Fact]
    public void A_plain_body_above_the_limit_is_not_read()
    {
        var outcome = Assert.Single(
            new MessageReader(new MessageLimits { MaxInflatedBytes = 1_000 }).Read(Reading.Bytes($"[{new string(' ', 1_000)}]")));

        Assert.Equal(DeadLetterReasons.MessageTooLarge, Assert.IsType<RecordOutcome.Unreadable>(outcome).Reason);
    }

    [Fact]
    public void Nesting_that_never_ends_is_too_deep_and_brackets_in_a_text_are_not()
    {
        Assert.Equal(DeadLetterReasons.TooDeep, Reading.Unreadable(new string('[', 100_000)).Reason);
        Assert.Equal(DeadLetterReasons.NotJson, Reading.Unreadable($"{{\"a\": \"{new string('[', 1000)}\"").Reason);
    }

    [Theory]
    [InlineData("[E,D,E]")]
    [InlineData("{\"records\":[E,D,E]}")]
    [InlineData("E\nD\nE")]
    public void A_record_that_is_too_deep_leaves_its_neighbours_readable(string body)
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);

        var outcomes =
            Reading.All(body.Replace("D", $"{{\"d\":{deep}}}", StringComparison.Ordinal).Replace("E", Launch, StringComparison.Ordinal));

        Assert.Equal("read too_deep read", Reading.Words(outcomes));
    }

    [Fact]
    public void A_text_may_not_hide_what_is_too_deep()
    {
        var deep = JsonSerializer.Serialize(new string('[', 99) + new string(']', 99));

        Assert.Equal("too_deep read", Reading.Words(Reading.All($"[{deep},{Launch}]")));
    }

    [Fact]
    public void A_command_line_of_a_megabyte_is_read_whole()
    {
        var read = Reading.Event(Launch.Replace("-urlcache", new string('x', 1 << 20), StringComparison.Ordinal));

        Assert.True(read.Child.CommandLine?.Length > 1 << 20);
    }

    [Theory]
    [InlineData("\"6284\"", "1e999")]
    [InlineData("\"6284\"", "-1")]
    [InlineData("\"6284\"", "99999999999999999999999")]
    [InlineData("\"6284\"", "{}")]
    [InlineData("\"6284\"", "[6284,1]")]
    [InlineData("\"6284\"", "\"0xffffffffff\"")]
    public void A_process_id_that_is_none_is_missing(string value, string hostile) =>
        Assert.Null(Reading.Event(Launch.Replace(value, hostile, StringComparison.Ordinal)).Child.Pid);

    [Theory]
    [InlineData("host name", "\"ws-0417.corp.example\"", "\"-\"")]
    [InlineData("time", "\"2026-11-03", "\"yesterday")]
    [InlineData("time", "\"2026-11-03", "\"2026-13-03")]
    [InlineData("child name", "\"Image\"", "\"Imagine\"")]
    public void A_process_creation_without_host_time_or_child_is_a_dead_letter(string field, string text, string replacement)
    {
        var body = Launch.Replace(text, replacement, StringComparison.Ordinal)
            .Replace("\"CommandLine\"", "\"Command\"", StringComparison.Ordinal)
            .Replace("\"process\": {\"name\"", "\"process\": {\"title\"", StringComparison.Ordinal);

        var unreadable = Reading.Unreadable(body);

        Assert.Equal(DeadLetterReasons.MissingField, unreadable.Reason);
        Assert.Contains(field, unreadable.Detail, StringComparison.Ordinal);
        Assert.Equal(body.Trim(), System.Text.Encoding.UTF8.GetString(unreadable.Body.Bytes.Span).Trim());
    }

    [Fact]
    public void A_property_given_twice_counts_as_the_last_one_says() =>
        Assert.Equal(
            7u,
            Reading.Event(
                Launch.Replace("\"ProcessId\": \"6284\"", "\"ProcessId\": 6284, \"ProcessId\": 7", StringComparison.Ordinal)).Child.Pid);

    [Fact]
    public void The_detail_names_properties_in_bounds_and_never_values()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"\"n{i}\\u0007\\u202e{new string('x', 100)}\": \"secret\"");

        var detail = Reading.Unreadable($"{{{string.Join(',', names)}}}").Detail;

        Assert.DoesNotContain("secret", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("n20", detail, StringComparison.Ordinal);
        Assert.Contains("n19\uFFFD\uFFFDxx", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 63), detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_ours_stays_in_its_record()
    {
        var reader = new MessageReader(new MessageLimits(), record => new FormatRow("test", _ => true, new Faulty()));

        var outcomes = reader.Read("""[{"n":1},{"n":0},{"n":1}]"""u8.ToArray());

        Assert.Equal("skipped internal_error skipped", Reading.Words(outcomes));
        Assert.Equal("""{"n":0}"""u8, Assert.IsType<RecordOutcome.Unreadable>(outcomes[1]).Body.Bytes.Span);
    }

    [Fact]
    public void A_megabyte_of_broken_lines_costs_a_thousand_dead_letters_and_one()
    {
        var body = $"{Launch}\n{string.Concat(Enumerable.Repeat("{\"a\":[1,\n", 110_000))}{Launch}";

        var outcomes = Reading.All(body);

        Assert.Equal(1 + 1000 + 1, outcomes.Count);
        Assert.Equal("read not_json", Reading.Words(outcomes.Take(2)));
        Assert.Equal((109_000 * 9) - 1 + 1 + Launch.Length, Assert.IsType<RecordOutcome.Unreadable>(outcomes[^1]).Body.Length);
    }

    private sealed class Faulty : IRecordReader
    {
        public RecordOutcome Read(JsonValue record) =>
            new RecordOutcome.Skipped("test", $"{1 / ProcessIds.Of(record.Get("n"u8))}");
    }
}
