using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Programs;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Sysmon event 1, version 5.</summary>
/// <param name="carrier">Sends it.</param>
internal sealed class SysmonFormat(IWindowsCarrier carrier) : IEventFormat
{
    public int RecordsPerMessage => carrier.RecordsPerMessage;

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
            Format = carrier.Format,
            SourceIdentity = $"sysmon-1|{host.FullName}|{guid}",
        };
    }

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host) => carrier.Write(
        json, [.. launches.Select(launch => new WindowsRecord(WindowsChannel.Sysmon, launch, host, [.. Data(launch, host)]))]);

    private static IEnumerable<(string Name, string Value)> Data(SimulatedLaunch launch, SimulatedHost host)
    {
        yield return ("RuleName", "-");
        yield return ("UtcTime", Iso.Sysmon(launch.Time));
        yield return ("ProcessGuid", ProcessGuid(launch, host));
        yield return ("ProcessId", launch.Pid.ToString(CultureInfo.InvariantCulture));
        yield return ("Image", launch.File.Path);
        yield return ("FileVersion", OrDash(launch.File.Version));
        yield return ("Description", OrDash(launch.File.OriginalName));
        yield return (
            "Product",
            launch.File.Signer == ProgramFile.MicrosoftWindows ? "Microsoft® Windows® Operating System" : OrDash(launch.File.Company));
        yield return ("Company", OrDash(launch.File.Company));
        yield return ("OriginalFileName", OrDash(launch.File.OriginalName));
        yield return ("CommandLine", launch.CommandLine);
        yield return ("CurrentDirectory", launch.Account.Session == 0 ? @"C:\Windows\system32\" : $@"C:\Users\{host.Person}\");
        yield return ("User", launch.Account.FullName);
        yield return (
            "LogonGuid", $"{{{host.GuidPrefix}-{Low(launch.Account.LogonId)}-690a-{Low(launch.Account.LogonId >> 4)}-000000000000}}");
        yield return ("LogonId", $"0x{launch.Account.LogonId:x}");
        yield return ("TerminalSessionId", launch.Account.Session.ToString(CultureInfo.InvariantCulture));
        yield return ("IntegrityLevel", launch.Integrity.ToString());
        yield return ("Hashes", HashList(Fingerprints.Of(launch.File)));
        yield return ("ParentProcessGuid", ProcessGuid(launch.Parent!, host));
        yield return ("ParentProcessId", launch.Parent!.Pid.ToString(CultureInfo.InvariantCulture));
        yield return ("ParentImage", launch.Parent.File.Path);
        yield return ("ParentCommandLine", launch.Parent.CommandLine);
        yield return ("ParentUser", launch.Parent.Account.FullName);
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
