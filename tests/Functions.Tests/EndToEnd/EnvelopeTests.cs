using System.Globalization;
using System.Text;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>Many large posts at once stay within the memory that <c>design.md</c>, Envelope, allows.</summary>
public class EnvelopeTests(AppFixture app) : IClassFixture<AppFixture>
{
    /// <summary>Every message is that long: half of what a hub takes.</summary>
    private const int MessageBytes = 500_000;

    /// <summary>A request's body: base64 makes four bytes of three.</summary>
    private const int PostBytes = 50_000_000;

    [Fact(Timeout = 180_000)]
    public Task Six_posts_of_50_MB_at_once_stay_within_the_bound() => PostAsync(6, TestContext.Current.CancellationToken);

    /// <summary>By hand, see docs/testing.md.</summary>
    [Fact(Explicit = true)]
    public Task Thirty_two_posts_of_50_MB_at_once_stay_within_the_bound() => PostAsync(32, TestContext.Current.CancellationToken);

    private async Task PostAsync(int posts, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Peak memory is read from /proc.");
        var hub = AzuriteFixture.UniqueName("hub");
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("envelope"));
        Assert.True((await run.Host.InvokeAsync(new EventBatch(new EventPartition(hub, "first"), [Message(0, Record("a.exe", "b.exe"))]), cancellationToken)).Succeeded);
        var process = run.Host.ProcessId!.Value;
        var before = Peak(process);
        var batch = Enumerable.Range(0, PostBytes / 4 * 3 / MessageBytes).Select(i => Message(i, Long(i))).ToList();

        var results = await Task.WhenAll(Enumerable.Range(0, posts).Select(i => run.Host.InvokeAsync(new EventBatch(new EventPartition(hub, $"{i}"), batch), cancellationToken)));
        var peak = Peak(process);

        // Envelope: the number of bodies read at once, times their bytes, times 2.5. The app that has loaded its model comes on top.
        var places = Environment.ProcessorCount + 1;
        var bound = before + (long)(2.5 * places * PostBytes);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{posts} posts of {PostBytes:N0} bytes: peak {peak / 1024 / 1024} MiB, {before / 1024 / 1024} before, at most {bound / 1024 / 1024} on {places} places");
        Assert.All(results, result => Assert.True(result.Succeeded, result.Failure));
        Assert.Equal(process, run.Host.ProcessId);
        Assert.True(peak <= bound, $"peak {peak:N0} bytes, bound {bound:N0}");
    }

    /// <summary>An array of a launch and of long records that are none, so that the test measures memory and not the model.</summary>
    private static byte[] Long(int i)
    {
        const string ended = """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"5","event_data":{"Image":"IMAGE"}}}""";
        var record = Encoding.UTF8.GetBytes(ended.Replace("IMAGE", new string('x', 49_000), StringComparison.Ordinal));
        return Many([Record("services.exe", $"tool{i.ToString(CultureInfo.InvariantCulture)}.exe", guid: $"{{{i}}}"), .. Enumerable.Repeat(record, 10)]);
    }

    /// <summary>The most that a process has had in memory, in bytes.</summary>
    private static long Peak(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
