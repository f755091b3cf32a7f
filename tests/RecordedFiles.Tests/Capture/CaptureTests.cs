using System.Text;
using Changeling.RecordedFiles.Capture;
using Changeling.TestSupport;

namespace Changeling.RecordedFiles.Tests.Capture;

/// <summary>Files of Event Hubs Capture give back what the hub delivered.</summary>
public sealed class CaptureTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Scratch _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_has_the_place_at_which_it_was_captured(bool isDeflated)
    {
        var file = CaptureWriter.File([(41, Start, "{\"n\":1}"u8.ToArray()), (42, Start.AddSeconds(5), null)], isDeflated);

        var messages = Read.All(file, "/in/" + CaptureWriter.Path(3, Start));

        Assert.Equal(["{\"n\":1}", ""], messages.Select(Read.Text));
        Assert.Equal(
            [new CapturedPlace("3", 41, Start), new CapturedPlace("3", 42, Start.AddSeconds(5))], messages.Select(m => m.Captured));
        Assert.Equal([1, 2], messages.Select(m => m.Number));
    }

    [Theory]
    [InlineData("ns/hub/7/2026/11/03/09/00/00.avro", "7")]
    [InlineData("https://a.blob.core.windows.net/c/ns/hub/31/2026/11/03/09/00/00.avro", "31")]
    [InlineData("hub-2026/ns-hub-12/2026-11-03/09-00-00.avro", "12")]
    [InlineData("ns/hub/0_2026_11_03_09_00_00.avro", "0")]
    [InlineData("ns/hub/2/2026/11/03/09/00/00.avro.gz", "2")]
    [InlineData("single.avro", "0")]
    public void The_partition_is_found_in_the_path(string path, string expected) => Assert.Equal(expected, CapturePath.Partition(path));

    [Fact]
    public void The_partitions_come_together_by_enqueued_time_each_in_its_order()
    {
        Capture(0, Start, (0, 0), (1, 10), (2, 40));
        Capture(0, Start.AddMinutes(5), (3, 300));
        Capture(1, Start, (7, 5), (8, 20), (9, 310));

        var messages = CapturedHub.Messages(RecordingList.Of([_folder.Path], [])).Select(m => m.Message.Captured!).ToList();

        Assert.Equal(
            [("0", 0L), ("1", 7L), ("0", 1L), ("1", 8L), ("0", 2L), ("0", 3L), ("1", 9L)],
            messages.Select(m => (m.Partition, m.SequenceNumber)));
    }

    [Fact]
    public void Captures_of_two_hubs_are_refused()
    {
        Capture(0, Start, (0, 0));
        Directory.Move(_folder["ns"], _folder["other"]);
        Capture(0, Start, (0, 0));

        var error = Assert.Throws<InvalidDataException>(() => CapturedHub.Messages(RecordingList.Of([_folder.Path], [])).ToList());

        Assert.Contains("pass the folder of one hub", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_block_is_counted_and_what_follows_is_read()
    {
        var file = Many(0, 200);
        file.AsSpan(file.Length / 2, 40).Fill(0xFF);

        var messages = Read.All(file, CaptureWriter.Path(0, Start));

        Assert.Contains(messages, m => m.Damage?.Contains("Avro block", StringComparison.Ordinal) == true);
        Assert.Equal(199, messages[^1].Captured!.SequenceNumber);
        Assert.InRange(messages.Count(m => m.Damage is null), 120, 199);
    }

    [Fact]
    public void A_file_that_ends_too_early_is_read_to_there()
    {
        var file = Many(0, 200);

        var messages = Read.All(file[..(file.Length / 2)], CaptureWriter.Path(0, Start));

        Assert.NotNull(messages[^1].Damage);
        Assert.InRange(messages.Count, 50, 120);
    }

    [Fact]
    public void An_unreadable_part_takes_the_place_behind_the_message_before_it()
    {
        var file = Many(10, 100);
        file.AsSpan(file.Length / 2, 40).Fill(0xFF);
        var recorded = RecordedFile.InMemory(CaptureWriter.Path(0, Start), file);

        var places = CapturedHub.Messages([recorded]).Select(m => m.Message.Captured!.SequenceNumber).ToList();

        Assert.Equal(places.Order().Distinct(), places);
    }

    [Fact]
    public void No_change_of_a_byte_makes_the_reader_throw_anything_but_that_the_file_is_damaged()
    {
        var file = Many(0, 50);
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(Read.All(damaged, CaptureWriter.Path(0, Start)));
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Many(int from, int count) => CaptureWriter.File(
        Enumerable.Range(from, count).Select(i => ((long)i, Start, (byte[]?)Encoding.UTF8.GetBytes(new string('x', 100)))),
        blockSize: 2_000);

    private void Capture(int partition, DateTimeOffset from, params (long Number, int Seconds)[] messages)
    {
        var path = CaptureWriter.Path(partition, from);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        _folder.Write(path, CaptureWriter.File(messages.Select(m => (m.Number, Start.AddSeconds(m.Seconds), (byte[]?)"{}"u8.ToArray()))));
    }
}
