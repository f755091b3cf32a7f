using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Programs;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Rows of Defender's <c>DeviceProcessEvents</c>, several in one message, minutes late.</summary>
internal sealed class DefenderFormat : IEventFormat
{
    private const string Tenant = "5e1c7f0a-93d2-4c0b-8a6e-1d2f3c4b5a69";
    private const long FirstStartKey = 3_377_699_720_527_872;

    public int RecordsPerMessage => 24;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(200));

    public ProcessEvent View(SimulatedLaunch launch, SimulatedHost host)
    {
        var hashes = Fingerprints.Of(launch.File);
        return new ProcessEvent
        {
            Time = launch.Time,
            Host = new HostIdentity(host.FullName, host.DeviceId),
            User = new UserIdentity(launch.Account.Name.ToLowerInvariant(), launch.Account.Domain.ToLowerInvariant(), launch.Account.Sid),
            Child = new ChildProcess
            {
                Name = launch.Name,
                Path = launch.File.Path,
                CommandLine = launch.ReadCommandLine,
                Pid = launch.Pid,
                Guid = StartKey(launch),
                OriginalFileName = launch.File.OriginalName,
                Hashes = new FileHashes(hashes.Md5, hashes.Sha1),
                Integrity = launch.Integrity,
                Elevation = launch.Account.Elevation,
            },
            Parent = new ParentProcess
            {
                Name = ParentFileName(launch).ToLowerInvariant(),
                Path = ParentPath(launch),
                CommandLine = launch.Parent!.ReadCommandLine,
                Pid = launch.Parent.Pid,
                Guid = StartKey(launch.Parent),
            },
            Format = SourceFormats.DefenderXdr,
            SourceIdentity = string.Create(
                CultureInfo.InvariantCulture, $"defender|{host.DeviceId}|{launch.Number}|{Timestamp(launch)}").ToLowerInvariant(),
        };
    }

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host)
    {
        var received = Iso.Ticks(launches[^1].Time.AddSeconds(38));
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (var launch in launches)
        {
            json.WriteStartObject();
            json.WriteString("time", received);
            json.WriteString("tenantId", Tenant);
            json.WriteString("operationName", "Publish");
            json.WriteString("category", "AdvancedHunting-DeviceProcessEvents");
            json.WriteString("_TimeReceivedBySvc", received);
            json.WriteStartObject("properties");
            WriteDevice(json, launch, host);
            WriteProcess(json, launch);
            WriteAccount(json, "", launch.Account);
            WriteParent(json, launch.Parent!);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteString("Timestamp", Timestamp(launch));
        json.WriteString("DeviceId", host.DeviceId);
        json.WriteString("DeviceName", host.FullName);
        json.WriteString("MachineGroup", host.IsServer ? "Servers" : "Workstations");
        json.WriteString("ActionType", "ProcessCreated");
        json.WriteNumber("ReportId", launch.Number);
        json.WriteString("AppGuardContainerId", "");
        json.WriteNull("AdditionalFields");
    }

    private static void WriteProcess(Utf8JsonWriter json, SimulatedLaunch launch)
    {
        var hashes = Fingerprints.Of(launch.File);
        json.WriteString("FileName", launch.FileName);
        json.WriteString("FolderPath", launch.File.Path);
        json.WriteString("SHA1", hashes.Sha1);
        json.WriteNull("SHA256");
        json.WriteString("MD5", hashes.Md5);
        json.WriteString("ProcessVersionInfoCompanyName", launch.File.Company);
        json.WriteString(
            "ProcessVersionInfoProductName",
            launch.File.Signer == ProgramFile.MicrosoftWindows ? "Microsoft® Windows® Operating System" : launch.File.Company);
        json.WriteString("ProcessVersionInfoProductVersion", launch.File.Version.Split(' ')[0]);
        json.WriteString("ProcessVersionInfoInternalFileName", launch.File.OriginalName);
        json.WriteString("ProcessVersionInfoOriginalFileName", launch.File.OriginalName);
        json.WriteString("ProcessVersionInfoFileDescription", launch.File.OriginalName);
        json.WriteNumber("ProcessId", launch.Pid);
        json.WriteString("ProcessUniqueId", StartKey(launch));
        json.WriteString("ProcessCommandLine", launch.CommandLine);
        json.WriteString("ProcessIntegrityLevel", launch.Integrity.ToString());
        json.WriteString("ProcessTokenElevation", $"TokenElevationType{launch.Account.Elevation}");
        json.WriteString("ProcessCreationTime", Iso.Ticks(launch.Time));
    }

    private static void WriteAccount(Utf8JsonWriter json, string prefix, Account account)
    {
        json.WriteString(prefix + "AccountDomain", account.Domain.ToLowerInvariant());
        json.WriteString(prefix + "AccountName", account.Name.ToLowerInvariant());
        json.WriteString(prefix + "AccountSid", account.Sid);
        json.WriteNull(prefix + "AccountObjectId");
        json.WriteNumber(prefix + "LogonId", account.LogonId);
    }

    private static void WriteParent(Utf8JsonWriter json, SimulatedLaunch parent)
    {
        var hashes = Fingerprints.Of(parent.File);
        WriteAccount(json, "InitiatingProcess", parent.Account);
        json.WriteString("InitiatingProcessIntegrityLevel", parent.Integrity.ToString());
        json.WriteString("InitiatingProcessTokenElevation", $"TokenElevationType{parent.Account.Elevation}");
        json.WriteString("InitiatingProcessSHA1", hashes.Sha1);
        json.WriteNull("InitiatingProcessSHA256");
        json.WriteString("InitiatingProcessMD5", hashes.Md5);
        json.WriteString("InitiatingProcessFileName", KernelOr(parent, parent.FileName));
        json.WriteString("InitiatingProcessFolderPath", KernelPathOr(parent));
        json.WriteNumber("InitiatingProcessId", parent.Pid);
        json.WriteString("InitiatingProcessUniqueId", StartKey(parent));
        json.WriteString("InitiatingProcessCommandLine", parent.CommandLine);
        json.WriteString("InitiatingProcessCreationTime", Iso.Ticks(parent.Time));
        json.WriteString("InitiatingProcessSignerType", parent.File.Signer == ProgramFile.MicrosoftWindows ? "OsVendor" : "ThirdParty");
        json.WriteString("InitiatingProcessSignatureStatus", parent.File.Signer is null ? "Unsigned" : "Valid");
        if (parent.Parent is not { } grandparent) return;
        json.WriteNumber("InitiatingProcessParentId", grandparent.Pid);
        json.WriteString("InitiatingProcessParentFileName", KernelOr(grandparent, grandparent.FileName));
        json.WriteString("InitiatingProcessParentCreationTime", Iso.Ticks(grandparent.Time));
    }

    /// <summary>When the sensor saw the start: a little after it.</summary>
    private static string Timestamp(SimulatedLaunch launch) => Iso.Ticks(launch.Time.AddTicks(10_000 + (launch.Number * 7919 % 90_000)));

    private static string StartKey(SimulatedLaunch launch) => (FirstStartKey + launch.Number).ToString(CultureInfo.InvariantCulture);

    private static string ParentFileName(SimulatedLaunch launch) => KernelOr(launch.Parent!, launch.Parent!.FileName);

    private static string ParentPath(SimulatedLaunch launch) => KernelPathOr(launch.Parent!);

    /// <summary>Defender calls the System process by the kernel's file.</summary>
    private static string KernelOr(SimulatedLaunch launch, string name) => launch.Parent is null ? "ntoskrnl.exe" : name;

    private static string KernelPathOr(SimulatedLaunch launch) =>
        launch.Parent is null ? @"c:\windows\system32\ntoskrnl.exe" : launch.File.Path.ToLowerInvariant();
}
