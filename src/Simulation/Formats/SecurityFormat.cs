using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Security event 4688, version 2: no hashes, no guids, no command line of the parent.</summary>
/// <param name="carrier">Sends it.</param>
internal sealed class SecurityFormat(IWindowsCarrier carrier) : IEventFormat
{
    private const string NullSid = "S-1-0-0";

    public int RecordsPerMessage => carrier.RecordsPerMessage;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(7));

    public ProcessEvent View(SimulatedLaunch launch, SimulatedHost host) => new()
    {
        Time = carrier.Kept(launch.Time),
        Host = new HostIdentity(host.FullName),
        User = new UserIdentity(launch.Account.Name, launch.Account.Domain, launch.Account.Sid),
        Child = new ChildProcess
        {
            Name = launch.Name,
            Path = launch.File.Path,
            CommandLine = launch.ReadCommandLine,
            Pid = launch.Pid,
            Integrity = launch.Integrity,
            Elevation = launch.Account.Elevation,
        },
        Parent = new ParentProcess { Name = launch.Parent!.Name, Path = launch.Parent.File.Path, Pid = launch.Parent.Pid },
        Format = carrier.Format,
        SourceIdentity = string.Create(
            CultureInfo.InvariantCulture,
            $"security-4688|{host.FullName}|security|{launch.Number}|{carrier.Time(launch.Time)}").ToLowerInvariant(),
    };

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host) => carrier.Write(
        json, [.. launches.Select(launch => new WindowsRecord(WindowsChannel.Security, launch, host, [.. Data(launch)]))]);

    /// <summary>The subject is the creator; the target is named only where the new process gets another account.</summary>
    private static IEnumerable<(string Name, string Value)> Data(SimulatedLaunch launch)
    {
        var (subject, target) = (launch.Parent!.Account, launch.Account);
        var same = subject == target;
        yield return ("SubjectUserSid", subject.Sid);
        yield return ("SubjectUserName", subject.Name);
        yield return ("SubjectDomainName", subject.Domain);
        yield return ("SubjectLogonId", $"0x{subject.LogonId:x}");
        yield return ("NewProcessId", $"0x{launch.Pid:x}");
        yield return ("NewProcessName", launch.File.Path);
        yield return ("TokenElevationType", $"%%{1935 + (int)launch.Account.Elevation}");
        yield return ("ProcessId", $"0x{launch.Parent.Pid:x}");
        yield return ("CommandLine", launch.CommandLine);
        yield return ("TargetUserSid", same ? NullSid : target.Sid);
        yield return ("TargetUserName", same ? "-" : target.Name);
        yield return ("TargetDomainName", same ? "-" : target.Domain);
        yield return ("TargetLogonId", same ? "0x0" : $"0x{target.LogonId:x}");
        yield return ("ParentProcessName", launch.Parent.File.Path);
        yield return ("MandatoryLabel", Label(launch.Integrity));
    }

    private static string Label(IntegrityLevel level) => level switch
    {
        IntegrityLevel.Untrusted => "S-1-16-0",
        IntegrityLevel.Low => "S-1-16-4096",
        IntegrityLevel.Medium => "S-1-16-8192",
        IntegrityLevel.High => "S-1-16-12288",
        IntegrityLevel.Protected => "S-1-16-20480",
        _ => "S-1-16-16384",
    };
}
