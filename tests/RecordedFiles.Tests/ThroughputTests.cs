using System.Diagnostics;
using System.Globalization;
using System.Text;
using Changeling.Events;
using Changeling.TestSupport;
using Changeling.TestSupport.EventLogs;

namespace Changeling.RecordedFiles.Tests;

/// <summary>
/// How many messages a second are read of each kind of file, and the memory that this takes. Run with <c>--explicit only</c>.
/// </summary>
public sealed class ThroughputTests : IDisposable
{
    private const int Messages = 40_000;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Scratch _folder = new();

    [Theory(Explicit = true)]
    [InlineData("a.evtx")]
    [InlineData("a.csv")]
    [InlineData("a.avro")]
    [InlineData("a.xml")]
    public void Messages_of_a_file_in_a_second(string name)
    {
        _folder.Write(name, Content(name));
        Run(name, reads: false);
        GC.Collect();
        var (before, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes());

        var (files, live) = Run(name, reads: false);
        var (both, _) = Run(name, reads: true);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {new FileInfo(_folder[name]).Length / 1e6:0.0} MB; {Messages / files.TotalSeconds:N0} messages/s, with the readers of records {Messages / both.TotalSeconds:N0}; {(live - before) / 1e6:0.0} MB live at the end, {(GC.GetTotalAllocatedBytes() - allocated) / 1e6:N0} MB allocated"));
        Assert.InRange(live - before, long.MinValue, 16_000_000);
    }

    public void Dispose() => _folder.Dispose();

    private (TimeSpan Time, long Live) Run(string name, bool reads)
    {
        var reader = new MessageReader(new MessageLimits());
        var (watch, count, live) = (Stopwatch.StartNew(), 0, 0L);
        using var recording = Recording.Open(RecordedFile.OnDisk(_folder[name]));
        foreach (var message in recording.Messages())
        {
            if (reads) Assert.IsType<RecordOutcome.Read>(Assert.Single(reader.Read(message.Body)));
            if (++count == Messages && !reads) live = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Equal(Messages, count);
        return (watch.Elapsed, live);
    }

    private static byte[] Content(string name)
    {
        var xml = LoggedLaunch.Xml("winevent-xml.sysmon");
        var body = Encoding.UTF8.GetBytes(xml);
        switch (Path.GetExtension(name))
        {
            case ".evtx":
                var record = LoggedEvent.Of(xml);
                return EventLogWriter.Log([.. Enumerable.Repeat(record, Messages)]);
            case ".avro":
                return CaptureWriter.File(Enumerable.Range(0, Messages).Select(i => ((long)i, Start, (byte[]?)body)));
            case ".csv":
                const string header =
                    "TimeGenerated [UTC],Computer,EventID,Channel,NewProcessName,NewProcessId,ParentProcessName,CommandLine\n";
                const string row =
                    "\"11/3/2026, 9:14:27.384 AM\",ws-0417,4688,Security,C:\\Windows\\System32\\cmd.exe,0x188c,C:\\Windows\\explorer.exe,\"cmd /c \"\"a, b\"\"\"\n";
                return Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Repeat(row, Messages)));
            default:
                return [.. Enumerable.Repeat(body, Messages).SelectMany(b => b.Append((byte)'\n'))];
        }
    }
}
