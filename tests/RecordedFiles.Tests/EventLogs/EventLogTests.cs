using System.Buffers.Binary;
using System.Text;
using Changeling.Events;
using Changeling.TestSupport;
using Changeling.TestSupport.EventLogs;

namespace Changeling.RecordedFiles.Tests.EventLogs;

/// <summary>Event logs are read as <c>wevtutil</c> shows them, also where they are damaged or were copied while in use.</summary>
public sealed class EventLogTests
{
    private static readonly XmlElementTemplate Numbered = new(
        "Event", [], [new XmlElementTemplate("System", [], [new XmlElementTemplate("EventRecordID", [], [new XmlSubstitution(0, 0x0A)])])]);

    [Theory]
    [InlineData("winevent-xml")]
    [InlineData("winevent-xml.sysmon")]
    public void A_launch_is_the_same_in_a_log_and_in_its_XML(string golden)
    {
        var xml = LoggedLaunch.Xml(golden);
        var log = EventLogWriter.Log([LoggedEvent.Of(xml)]);

        var message = Assert.Single(Read.All(log, "Security.evtx"));

        Assert.Null(message.Damage);
        var reader = new MessageReader(new MessageLimits());
        var fromLog = Assert.Single(reader.Read(message.Body).OfType<RecordOutcome.Read>()).Event;
        var fromXml = Assert.Single(reader.Read(Encoding.UTF8.GetBytes(xml)).OfType<RecordOutcome.Read>()).Event;
        Assert.Equivalent(fromXml, fromLog, strict: true);
    }

    [Fact]
    public void All_records_of_all_chunks_are_read_in_order()
    {
        var numbers = Numbers(Read.All(Log(5_000), "System.evtx"));

        Assert.Equal(Enumerable.Range(1, 5_000), numbers);
    }

    [Fact]
    public void A_log_that_is_full_is_read_from_its_oldest_chunk()
    {
        var log = Log(4_000);
        var chunks = log[EventLogWriter.HeaderSize..].Chunk(EventLogWriter.ChunkSize).ToList();
        byte[] wrapped = [.. log[..EventLogWriter.HeaderSize], .. chunks.Skip(1).SelectMany(c => c), .. chunks[0]];

        Assert.Equal(Enumerable.Range(1, 4_000), Numbers(Read.All(wrapped)));
    }

    [Fact]
    public void A_log_that_was_copied_while_in_use_is_read_to_its_last_record()
    {
        var records = Enumerable.Range(1, 50).Select(Record).ToList();

        Assert.Equal(Enumerable.Range(1, 50), Numbers(Read.All(EventLogWriter.Log(records, isOpen: true))));
    }

    [Fact]
    public void Older_records_behind_the_free_space_of_a_chunk_are_not_read_again()
    {
        var log = Log(3);
        var chunk = log.AsSpan(EventLogWriter.HeaderSize);
        var old = Log(30).AsSpan(EventLogWriter.HeaderSize);
        var free = (int)BinaryPrimitives.ReadUInt32LittleEndian(chunk[48..]);
        old[free..].CopyTo(chunk[free..]);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[(free + 8)..], 1);

        Assert.Equal([1, 2, 3], Numbers(Read.All(log)));
    }

    [Fact]
    public void A_damaged_record_is_counted_and_the_others_are_read()
    {
        var log = Log(10);
        var second = NthRecord(log, 1);
        log[second + 24] = 0x77;

        var messages = Read.All(log, "a.evtx");

        Assert.Equal(10, messages.Count);
        Assert.Contains("chunk at byte 4096", messages[1].Damage, StringComparison.Ordinal);
        Assert.Contains("record 2", messages[1].Damage, StringComparison.Ordinal);
        Assert.Equal([1, 3, 4, 5, 6, 7, 8, 9, 10], Numbers(messages));
    }

    [Fact]
    public void Records_whose_bytes_are_gone_are_counted_by_the_header()
    {
        var log = Log(10);
        log.AsSpan(NthRecord(log, 6), NthRecord(log, 9) - NthRecord(log, 6)).Clear();

        var messages = Read.All(log);

        Assert.Equal([1, 2, 3, 4, 5, 6, 10], Numbers(messages));
        Assert.Equal(3, messages.Count(m => m.Damage is not null));
    }

    [Fact]
    public void A_chunk_with_a_damaged_header_is_counted_and_its_records_are_read()
    {
        var log = Log(3_000);
        log.AsSpan(EventLogWriter.HeaderSize + EventLogWriter.ChunkSize, 40).Fill(0xAA);

        var messages = Read.All(log);

        Assert.Single(messages, m => m.Damage is not null);
        Assert.Equal(Enumerable.Range(1, 3_000), Numbers(messages));
    }

    [Fact]
    public void A_file_that_ends_inside_a_chunk_is_read_to_its_end()
    {
        var log = Log(10);

        var messages = Read.All(log[..(NthRecord(log, 5) + 20)]);

        Assert.Equal([1, 2, 3, 4, 5], Numbers(messages));
        Assert.Single(messages, m => m.Damage is not null);
    }

    [Fact]
    public void A_gzipped_log_is_read()
    {
        Assert.Equal([1, 2, 3], Numbers(Read.All(Scratch.Gzip(Log(3)), "a.evtx.gz")));
    }

    [Fact]
    public void A_template_that_multiplies_its_values_stops_early()
    {
        var inner = new XmlElementTemplate("a", [], [.. Enumerable.Repeat<object>(new XmlSubstitution(0, 0x01), 400)]);
        var outer = new XmlElementTemplate("Event", [], [.. Enumerable.Repeat<object>(new XmlSubstitution(0, 0x21), 400)]);
        var value = XmlValue.Template(inner, XmlValue.Text(new string('x', 10_000)));
        var log = EventLogWriter.Log([w => w.Fragment(outer, [value]), Record(2)]);

        var messages = Read.All(log);

        Assert.Contains("larger than a chunk can hold", messages[0].Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_damage()
    {
        var value = XmlValue.Template(Numbered, XmlValue.Text("1"));
        var level = new XmlElementTemplate("Event", [], [new XmlSubstitution(0, 0x21)]);
        for (var i = 0; i < 100; i++) value = XmlValue.Template(level, value);

        var message = Assert.Single(Read.All(EventLogWriter.Log([w => w.Fragment(level, [value])])));

        Assert.Contains("nested too deeply", message.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_of_a_byte_makes_the_reader_throw_or_lose_a_record_without_a_count()
    {
        var (log, random) = (Log(40), new Random(7));
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = (byte[])log.Clone();
            for (var change = 0; change < 3; change++)
                damaged[random.Next(EventLogWriter.HeaderSize + 512, EventLogWriter.HeaderSize + 12_000)] = (byte)random.Next(256);

            Assert.True(Read.All(damaged).Count >= 40);
        }
    }

    private static byte[] Log(int records) => EventLogWriter.Log([.. Enumerable.Range(1, records).Select(Record)]);

    private static Action<BinaryXmlWriter> Record(int number) =>
        writer => writer.Fragment(Numbered, [new XmlValue(0x0A, BitConverter.GetBytes((ulong)number))]);

    private static IEnumerable<int> Numbers(IEnumerable<RecordedMessage> messages) => messages.Where(m => m.Damage is null).Select(
        m => int.Parse(m.Text().Split("<EventRecordID>")[1].Split('<')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static int NthRecord(byte[] log, int index)
    {
        var position = EventLogWriter.HeaderSize + 512;
        for (; index > 0; index--) position += (int)BinaryPrimitives.ReadUInt32LittleEndian(log.AsSpan(position + 4));
        return position;
    }
}
