using System.Globalization;
using System.IO.Compression;
using System.Text;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>Large batches stay within the memory that <c>docs/limits.md</c> states.</summary>
public class EnvelopeTests(AppFixture app, TightApp tight) : IClassFixture<AppFixture>, IClassFixture<TightApp>
{
    /// <summary>Every message is that long: half of what a hub takes.</summary>
    private const int MessageBytes = 500_000;

    /// <summary>What the host hands over at most in one batch: <c>prefetchSizeInBytes</c> of host.json.</summary>
    private const int BatchBytes = 16 * 1024 * 1024;

    [Fact(Timeout = 180_000)]
    public Task Six_full_batches_at_once_fit_into_a_heap_of_512_MiB() =>
        SendAsync(6, BatchBytes, heapMiB: 512, TestContext.Current.CancellationToken);

    /// <summary>
    /// Deep JSON and bodies that inflate a hundredfold: every one would once have stopped the partition for good. One process answers all
    /// kinds, so that what one leaves behind counts for the next.
    /// </summary>
    [Theory(Timeout = 180_000)]
    [InlineData("deep JSON", 12)]
    [InlineData("deep JSON in gzip", 200)]
    [InlineData("no events in gzip", 40)]
    [InlineData("text in gzip", 40)]
    [InlineData("one large text", 1)]
    public async Task A_batch_of_the_worst_bodies_is_answered_within_600_MiB(string kind, int messages)
    {
        var token = TestContext.Current.CancellationToken;
        var (run, process) = (tight.Run, tight.Run.Host.ProcessId!.Value);
        var name = kind.Replace(' ', '-').ToLowerInvariant();
        var worst = Worst(kind);
        List<TelemetryMessage> batch =
        [
            Message(0, Record($"first-{name}.exe", "b.exe", guid: $"{{{name}-1}}")),
            .. Enumerable.Range(1, messages).Select(i => Message(i, worst)),
            Message(messages + 1, Record($"last-{name}.exe", "b.exe", guid: $"{{{name}-2}}")),
        ];

        var result = await run.Host.InvokeAsync(
            new EventBatch(new EventPartition(AzuriteFixture.UniqueName("hub"), "0"), batch), token);

        var peak = Peak(process);
        TestContext.Current.TestOutputHelper!.WriteLine($"{messages} times {kind}: peak {peak} MiB resident");
        Assert.True(result.Succeeded, result.Failure);
        Assert.Equal((process, 0), (run.Host.ProcessId, run.Host.Restarts));
        Assert.InRange(peak, 0, 600);
        Assert.Equal(
            (1, 1),
            (await tight.LaunchesAsync($"first-{name}.exe", "b.exe"), await tight.LaunchesAsync($"last-{name}.exe", "b.exe")));
    }

    /// <summary>Manual run, see docs/testing.md.</summary>
    [Fact(Explicit = true)]
    public Task A_batch_of_63_MB_fits_into_a_heap_of_512_MiB() =>
        SendAsync(1, 63_000_000, heapMiB: 512, TestContext.Current.CancellationToken);

    /// <summary>Manual run, see docs/testing.md.</summary>
    [Fact(Explicit = true)]
    public Task Thirty_two_full_batches_at_once_fit_into_a_heap_of_1_GiB() =>
        SendAsync(32, BatchBytes, heapMiB: 1024, TestContext.Current.CancellationToken);

    /// <summary>Under a hard limit, since a collector that has 24 GB to itself says little about an instance of 2 GB.</summary>
    private async Task SendAsync(int batches, int bytes, int heapMiB, CancellationToken cancellationToken)
    {
        var hub = AzuriteFixture.UniqueName("hub");
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("envelope"), options => options with
        {
            Settings = new Dictionary<string, string>(options.Settings)
            {
                ["DOTNET_GCHeapHardLimit"] = (heapMiB * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture),
            },
        });
        Assert.True(
            (await run.Host.InvokeAsync(new EventBatch(new EventPartition(hub, "first"), [Message(0, Record("a.exe", "b.exe"))]),
                cancellationToken)).Succeeded);
        var process = run.Host.ProcessId!.Value;
        var batch = Enumerable.Range(0, bytes / MessageBytes).Select(i => Message(i, Long(i))).ToList();

        var results = await Task.WhenAll(
            Enumerable.Range(0, batches).Select(
                i => run.Host.InvokeAsync(new EventBatch(new EventPartition(hub, $"{i}"), batch), cancellationToken)));

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{batches} batches of {bytes:N0} bytes within {heapMiB} MiB of heap: peak {Peak(process)} MiB resident");
        Assert.All(results, result => Assert.True(result.Succeeded, result.Failure));
        Assert.Equal((process, 0), (run.Host.ProcessId, run.Host.Restarts));
    }

    private static byte[] Worst(string kind) => kind switch
    {
        "deep JSON" => Deep(600_000),
        "deep JSON in gzip" => Gzip(Deep(400_000)),
        "no events in gzip" => Gzip(Encoding.ASCII.GetBytes($"[{Sprinkled("{\"a\":1},", "{\"b\":\"{0}\"},")}0]")),
        "text in gzip" => Gzip(Encoding.ASCII.GetBytes(Sprinkled("xxxxxxxx", "{0}"))),
        _ => Encoding.ASCII.GetBytes(new string('x', 16_700_000)),
    };

    /// <summary>Nearly 16 MiB that compress about a hundredfold: as much as is inflated, and not so much that it is refused.</summary>
    private static string Sprinkled(string part, string random)
    {
        var (chance, text) = (new Random(1), new StringBuilder());
        var bytes = new byte[40];
        while (text.Length < 16_600_000)
        {
            chance.NextBytes(bytes);
            text.Insert(text.Length, part, 1000).Append(random.Replace("{0}", Convert.ToHexString(bytes), StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static byte[] Deep(int levels) => Encoding.ASCII.GetBytes(new string('[', levels) + new string(']', levels));

    private static byte[] Gzip(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(body);
        return stream.ToArray();
    }

    /// <summary>An array of a launch and of long records that are none, so that the test measures memory and not the model.</summary>
    private static byte[] Long(int i)
    {
        const string ended =
            """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"5","event_data":{"Image":"IMAGE"}}}""";
        var record = Encoding.UTF8.GetBytes(ended.Replace("IMAGE", new string('x', 49_000), StringComparison.Ordinal));
        return Many(
            [
                Record("services.exe", $"tool{i.ToString(CultureInfo.InvariantCulture)}.exe", guid: $"{{{i}}}"),
                .. Enumerable.Repeat(record, 10),
            ]);
    }

    /// <summary>The maximum that a process has had in memory, in MiB; 0 where the system does not say.</summary>
    private static long Peak(int process)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
