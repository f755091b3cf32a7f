using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Security event 4688, version 2, as Winlogbeat sends it: no hashes, no guids, no command line of the parent.</summary>
internal sealed class SecurityFormat : IEventFormat
{
    private const string NullSid = "S-1-0-0";

    public int RecordsPerMessage => 1;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(7));

    public ProcessEvent View(SimulatedLaunch launch, SimulatedHost host) => new()
    {
        Time = launch.Time,
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
        Format = SourceFormats.Winlogbeat,
        SourceIdentity = string.Create(
            CultureInfo.InvariantCulture,
            $"security-4688|{host.FullName}|security|{launch.Number}|{Iso.Milliseconds(launch.Time)}").ToLowerInvariant(),
    };

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host)
    {
        foreach (var launch in launches)
        {
            WinlogbeatEnvelope.Write(json, WinlogbeatChannel.Security, launch, host, () => WriteData(json, launch));
        }
    }

    /// <summary>The subject is the creator; the target is named only where the new process gets another account.</summary>
    private static void WriteData(Utf8JsonWriter json, SimulatedLaunch launch)
    {
        var (subject, target) = (launch.Parent!.Account, launch.Account);
        var same = subject == target;
        json.WriteString("SubjectUserSid", subject.Sid);
        json.WriteString("SubjectUserName", subject.Name);
        json.WriteString("SubjectDomainName", subject.Domain);
        json.WriteString("SubjectLogonId", $"0x{subject.LogonId:x}");
        json.WriteString("NewProcessId", $"0x{launch.Pid:x}");
        json.WriteString("NewProcessName", launch.File.Path);
        json.WriteString("TokenElevationType", $"%%{1935 + (int)launch.Account.Elevation}");
        json.WriteString("ProcessId", $"0x{launch.Parent.Pid:x}");
        json.WriteString("CommandLine", launch.CommandLine);
        json.WriteString("TargetUserSid", same ? NullSid : target.Sid);
        json.WriteString("TargetUserName", same ? "-" : target.Name);
        json.WriteString("TargetDomainName", same ? "-" : target.Domain);
        json.WriteString("TargetLogonId", same ? "0x0" : $"0x{target.LogonId:x}");
        json.WriteString("ParentProcessName", launch.Parent.File.Path);
        json.WriteString("MandatoryLabel", Label(launch.Integrity));
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
