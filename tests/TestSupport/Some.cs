using Changeling.Events;

namespace Changeling.TestSupport;

/// <summary>Sample values in which a test spells out only what matters to it.</summary>
public static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 11, 3, 9, 14, 27, 384, TimeSpan.Zero);

    public static ProcessEvent ProcessEvent(
        string parent = "explorer.exe",
        string child = "notepad.exe",
        string? commandLine = null,
        string host = "ws-0417",
        DateTimeOffset? time = null,
        string? parentCommandLine = null,
        string? identity = "sysmon-1|ws-0417|{8d3f21b6-5c43-690a-9b01-000000002f00}") => new()
        {
            Time = time ?? Time,
            Host = new HostIdentity(host),
            User = new UserIdentity("mara.lind", "CORP"),
            Child = new ChildProcess
            {
                Name = child,
                Path = @"C:\Windows\System32\" + child,
                CommandLine = commandLine ?? child,
                Pid = 6284,
                Integrity = IntegrityLevel.Medium,
            },
            Parent = new ParentProcess
            {
                Name = parent,
                Path = @"C:\Windows\" + parent,
                CommandLine = parentCommandLine,
                Pid = 9120,
            },
            Format = SourceFormats.Winlogbeat,
            SourceIdentity = identity,
        };
}
