using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Changeling.Benchmarking.Measuring;

/// <summary>
/// The processor time of the calling thread, so that other programs on the machine do not count. Collections of young objects run on the
/// thread that allocates, and count.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadClockOfLinux = 3;
    private const int ThreadClockOfMac = 16;

    private static readonly int Clock = OperatingSystem.IsMacOS() ? ThreadClockOfMac : ThreadClockOfLinux;

    /// <summary>Whether the time is that of the thread; on other systems it is elapsed time.</summary>
    public static bool IsOfThread { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>The time so far, from an arbitrary start.</summary>
    public static TimeSpan Now => IsOfThread && ClockGetTime(Clock, out var time) == 0
        ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
