using System.Text;
using System.Text.Json;
using Changeling.RecordedFiles.Ordering;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.RecordedFiles.Tests.Ordering;

/// <summary>Messages of files in order of time, against a plain sort in memory.</summary>
public sealed class MessageOrderTests
{
    private static readonly Gen<string> Line = Gen.Select(Gen.Int[0, 40], Gen.String[Gen.Char["ab"], 0, 60], Gen.Int[0, 9]).Select(
        (time, text, kind) => kind == 0 ? $"{{\"n\":\"{text}\"}}" : $"{{\"t\":{time},\"n\":\"{text}\"}}");

    private static readonly Gen<OrderLimits> Limits = Gen.Select(Gen.Int[1, 3_000], Gen.Int[2, 4], Gen.Int[1, 4]).Select(
        (memory, runs, files) => new OrderLimits { Memory = memory, MaxRuns = runs, MaxOpenFiles = files });

    /// <summary>How a file is ordered by itself: by time, newest first, or not at all.</summary>
    private static readonly Gen<string[]> File = Gen.Select(Line.Array[0, 60], Gen.Int[0, 2]).Select((lines, order) => order switch
    {
        0 => [.. Sorted(lines)],
        1 => [.. Sorted(lines).Reverse()],
        _ => lines,
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_files_give_the_order_of_a_plain_sort_within_their_limits()
    {
        Gen.Select(File.Array[1, 8], Limits).Sample(
            (files, limits) =>
            {
                var open = new OpenFiles();
                var recorded = files.Select((lines, i) => new CountedFile($"{i}.jsonl", Content(lines, i), open)).ToList();

                using var order = MessageOrder.Of(recorded, Read, PlaceOf, limits, null, Token);
                string[] messages = [.. order.Read().Select(m => Encoding.UTF8.GetString(m.Body.Span))];

                string[] expected = [.. Sorted(files.SelectMany(lines => lines).Where(line => TimeOf(line) is not null))];
                Assert.Equal(expected, messages);
                Assert.Equal(expected.Length, order.Messages);
                Assert.InRange(open.Most, 1, limits.MaxOpenFiles);
                Assert.Equal(0, open.Now);
            },
            iter: 2_000);
    }

    [Fact]
    public void Files_that_are_in_order_are_not_copied()
    {
        RecordedFile[] files = [Lines("a", 1, 3, 3, 9), Lines("b", 2, 4), Lines("c", 10, 11)];

        using var order = MessageOrder.Of(files, Read, PlaceOf, new(), null, Token);

        Assert.Equal((3, 0, 8L, 0L), (order.Files, order.UnorderedFiles, order.Messages, order.Moved));
        Assert.Equal([1, 2, 3, 3, 4, 9, 10, 11], order.Read().Select(m => m.Place.Ticks));
    }

    [Fact]
    public void What_is_older_than_a_message_before_it_is_counted_in_its_file()
    {
        using var order = MessageOrder.Of([Lines("a", 1, 9, 2, 3), Lines("b", 5, 6)], Read, PlaceOf, new(), null, Token);

        Assert.Equal((1, 2L), (order.UnorderedFiles, order.Moved));
    }

    [Fact]
    public void A_message_that_is_larger_than_the_memory_is_sorted_too()
    {
        var large = $"{{\"t\":0,\"n\":\"{new string('x', 200_000)}\"}}";
        var file = RecordedFile.InMemory("a", Encoding.UTF8.GetBytes($"{{\"t\":2}}\n{large}\n{{\"t\":1}}\n"));

        using var order = MessageOrder.Of([file], Read, PlaceOf, new() { Memory = 1_000 }, null, Token);

        Assert.Equal([(0, large.Length), (1, 7), (2, 7)], order.Read().Select(m => ((int)m.Place.Ticks, m.Body.Length)));
    }

    [Fact]
    public void A_file_that_becomes_shorter_between_the_two_readings_is_named()
    {
        using var folder = new Scratch();
        folder.Write("a.jsonl", Content(["{\"t\":1}", "{\"t\":2}"], 0));
        using var order = MessageOrder.Of([RecordedFile.OnDisk(folder["a.jsonl"])], Read, PlaceOf, new(), null, Token);
        folder.Write("a.jsonl", Content(["{\"t\":1}"], 0));

        var fault = Assert.Throws<InvalidDataException>(() => order.Read().ToList());

        Assert.Contains($"{folder["a.jsonl"]} became shorter", fault.Message, StringComparison.Ordinal);
    }

    private static RecordedFile Lines(string name, params int[] times) =>
        RecordedFile.InMemory(name, Content([.. times.Select(time => $"{{\"t\":{time}}}")], 0));

    private static byte[] Content(string[] lines, int number)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        return number % 3 == 1 ? Scratch.Gzip(bytes) : bytes;
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) =>
        lines.OrderBy(line => TimeOf(line) ?? 0).ThenBy(line => line, StringComparer.Ordinal);

    private static long? TimeOf(string line) =>
        JsonDocument.Parse(line).RootElement.TryGetProperty("t", out var time) ? time.GetInt64() : null;

    private static long? Read(RecordedMessage message) => TimeOf(message.Text());

    private static MessagePlace? PlaceOf(RecordedMessage message, long? time) => time is { } ticks ? new(ticks, (byte)ticks) : null;

    private sealed class OpenFiles
    {
        public int Now { get; set; }

        public int Most { get; set; }
    }

    private sealed class CountedFile(string name, byte[] content, OpenFiles open) : RecordedFile(name)
    {
        public override long Length => content.Length;

        public override Stream Open() => new CountedStream(content, open);
    }

    private sealed class CountedStream : MemoryStream
    {
        private readonly OpenFiles _open;
        private bool _isClosed;

        public CountedStream(byte[] content, OpenFiles open)
            : base(content, writable: false)
        {
            _open = open;
            open.Most = Math.Max(open.Most, ++open.Now);
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed) _open.Now--;
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
