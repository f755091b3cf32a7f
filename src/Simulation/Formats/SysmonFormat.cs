using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Programs;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Sysmon event 1 as Winlogbeat sends it: raw, one event a message.</summary>
internal sealed class SysmonFormat : IEventFormat
{
    public int RecordsPerMessage => 1;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(7));

    public ProcessEvent View(SimulatedLaunch launch, SimulatedHost host)
    {
        var guid = ProcessGuid(launch, host);
        return new ProcessEvent
        {
            Time = launch.Time,
            Host = new HostIdentity(host.FullName),
            User = new UserIdentity(
                launch.Account.Name, launch.Account.Domain, IsServiceAccount(launch.Account) ? launch.Account.Sid : null),
            Child = new ChildProcess
            {
                Name = launch.Name,
                Path = launch.File.Path,
                CommandLine = launch.ReadCommandLine,
                Pid = launch.Pid,
                Guid = guid,
                OriginalFileName = launch.File.OriginalName,
                Hashes = Fingerprints.Of(launch.File),
                Integrity = launch.Integrity,
            },
            Parent = new ParentProcess
            {
                Name = launch.Parent!.Name,
                Path = launch.Parent.File.Path,
                CommandLine = launch.Parent.ReadCommandLine,
                Pid = launch.Parent.Pid,
                Guid = ProcessGuid(launch.Parent, host),
            },
            Format = SourceFormats.Winlogbeat,
            SourceIdentity = $"sysmon-1|{host.FullName}|{guid}",
        };
    }

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host)
    {
        foreach (var launch in launches)
        {
            WinlogbeatEnvelope.Write(json, WinlogbeatChannel.Sysmon, launch, host, () => WriteData(json, launch, host));
        }
    }

    private static void WriteData(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteString("RuleName", "-");
        json.WriteString("UtcTime", Iso.Sysmon(launch.Time));
        json.WriteString("ProcessGuid", ProcessGuid(launch, host));
        json.WriteString("ProcessId", launch.Pid.ToString(CultureInfo.InvariantCulture));
        json.WriteString("Image", launch.File.Path);
        json.WriteString("FileVersion", OrDash(launch.File.Version));
        json.WriteString("Description", OrDash(launch.File.OriginalName));
        json.WriteString(
            "Product",
            launch.File.Signer == ProgramFile.MicrosoftWindows ? "Microsoft® Windows® Operating System" : OrDash(launch.File.Company));
        json.WriteString("Company", OrDash(launch.File.Company));
        json.WriteString("OriginalFileName", OrDash(launch.File.OriginalName));
        json.WriteString("CommandLine", launch.CommandLine);
        json.WriteString("CurrentDirectory", launch.Account.Session == 0 ? @"C:\Windows\system32\" : $@"C:\Users\{host.Person}\");
        json.WriteString("User", launch.Account.FullName);
        json.WriteString(
            "LogonGuid", $"{{{host.GuidPrefix}-{Low(launch.Account.LogonId)}-690a-{Low(launch.Account.LogonId >> 4)}-000000000000}}");
        json.WriteString("LogonId", $"0x{launch.Account.LogonId:x}");
        json.WriteString("TerminalSessionId", launch.Account.Session.ToString(CultureInfo.InvariantCulture));
        json.WriteString("IntegrityLevel", launch.Integrity.ToString());
        json.WriteString("Hashes", HashList(Fingerprints.Of(launch.File)));
        json.WriteString("ParentProcessGuid", ProcessGuid(launch.Parent!, host));
        json.WriteString("ParentProcessId", launch.Parent!.Pid.ToString(CultureInfo.InvariantCulture));
        json.WriteString("ParentImage", launch.Parent.File.Path);
        json.WriteString("ParentCommandLine", launch.Parent.CommandLine);
        json.WriteString("ParentUser", launch.Parent.Account.FullName);
    }

    private static string ProcessGuid(SimulatedLaunch launch, SimulatedHost host)
    {
        var seconds = launch.Time.ToUnixTimeSeconds();
        return $"{{{host.GuidPrefix}-{Low(seconds)}-{Low(seconds >> 16)}-{Low(launch.Number)}-{launch.Number >> 16:x8}2f00}}";
    }

    private static string Low(long number) => (number & 0xffff).ToString("x4", CultureInfo.InvariantCulture);

    private static string OrDash(string? text) => string.IsNullOrEmpty(text) ? "-" : text;

    private static string HashList(FileHashes hashes) =>
        $"SHA1={hashes.Sha1},MD5={hashes.Md5},SHA256={hashes.Sha256},IMPHASH={hashes.ImpHash}".ToUpperInvariant();

    private static bool IsServiceAccount(Account account) => account.Domain == Account.System.Domain;
}
