using System.Diagnostics;
using System.Text;

namespace Changeling.Cli.Tests.Demo;

/// <summary>
/// Finds all that a command started, also what it has lost sight of: a mark in the environment goes from parent to child.
/// </summary>
internal sealed class MarkedProcesses
{
    private const string Variable = "CHANGELING_TEST_MARK";
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    private readonly string _mark = Guid.NewGuid().ToString("n");

    public MarkedProcesses() => Assert.SkipUnless(OperatingSystem.IsLinux(), "skipped: finds processes through /proc");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { [Variable] = _mark };

    /// <summary>What runs now, by name.</summary>
    public IReadOnlyList<string> Running() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && IsMarked(folder))
            .Select(CommandLine)];

    /// <summary>Fails when something still runs after a moment.</summary>
    public async Task AllEndAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (Running().Count > 0 && Stopwatch.GetElapsedTime(since) < EndWithin)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Empty(Running());
    }

    private bool IsMarked(string folder) => Read(folder, "environ").Contains($"{Variable}={_mark}\0", StringComparison.Ordinal);

    private static string CommandLine(string folder) => Read(folder, "cmdline").Replace('\0', ' ');

    private static string Read(string folder, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended, or is another user's.
        }
    }
}
