using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>OCSF Process Activity, as a pipeline writes it, several in one message.</summary>
internal sealed class OcsfFormat : IEventFormat
{
    public int RecordsPerMessage => 16;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(40));

    public ProcessEvent View(SimulatedLaunch launch, SimulatedHost host) => new()
    {
        Time = launch.Time,
        Host = new HostIdentity(host.FullName, host.MachineId.ToString()),
        User = new UserIdentity(launch.Account.Name, launch.Account.Domain, launch.Account.Sid),
        Child = new ChildProcess
        {
            Name = launch.Name,
            Path = launch.File.Path,
            CommandLine = launch.ReadCommandLine,
            Pid = launch.Pid,
            Guid = Uid(launch, host),
            OriginalFileName = launch.File.OriginalName,
            Hashes = Fingerprints.Of(launch.File) with { ImpHash = null },
            Integrity = launch.Integrity,
        },
        Parent = new ParentProcess
        {
            Name = launch.Parent!.Name,
            Path = launch.Parent.File.Path,
            CommandLine = launch.Parent.ReadCommandLine,
            Pid = launch.Parent.Pid,
            Guid = Uid(launch.Parent, host),
        },
        Format = SourceFormats.Ocsf,
        SourceIdentity = $"ocsf|{Uid(launch, host)}-start",
    };

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host)
    {
        json.WriteStartArray();
        foreach (var launch in launches) Write(json, launch, host);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteStartObject();
        json.WriteNumber("class_uid", 1007);
        json.WriteNumber("category_uid", 1);
        json.WriteNumber("activity_id", 1);
        json.WriteNumber("type_uid", 100701);
        json.WriteNumber("severity_id", 1);
        json.WriteNumber("time", launch.Time.ToUnixTimeMilliseconds());
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", $"{Uid(launch, host)}-start");
        json.WriteEndObject();
        json.WriteStartObject("device");
        json.WriteString("hostname", host.FullName);
        json.WriteString("uid", host.MachineId.ToString());
        json.WriteNumber("type_id", host.IsServer ? 1 : 2);
        json.WriteStartObject("os");
        json.WriteNumber("type_id", 100);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("process");
        WriteProcess(json, launch, host);
        json.WriteNumber("integrity_id", (int)launch.Integrity + 1);
        json.WriteStartObject("parent_process");
        WriteProcess(json, launch.Parent!, host);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteString("name", launch.FileName);
        json.WriteNumber("pid", launch.Pid);
        json.WriteString("uid", Uid(launch, host));
        json.WriteString("cmd_line", launch.CommandLine);
        json.WriteNumber("created_time", launch.Time.ToUnixTimeMilliseconds());
        json.WriteStartObject("user");
        json.WriteString("name", launch.Account.Name);
        json.WriteString("domain", launch.Account.Domain);
        json.WriteString("uid", launch.Account.Sid);
        json.WriteEndObject();
        WriteFile(json, launch);
    }

    private static void WriteFile(Utf8JsonWriter json, SimulatedLaunch launch)
    {
        var hashes = Fingerprints.Of(launch.File);
        json.WriteStartObject("file");
        json.WriteString("name", launch.FileName);
        json.WriteString("path", launch.File.Path);
        json.WriteNumber("type_id", 1);
        if (launch.File.OriginalName is { } name) json.WriteString("internal_name", name);
        json.WriteStartArray("hashes");
        WriteHash(json, 1, hashes.Md5);
        WriteHash(json, 2, hashes.Sha1);
        WriteHash(json, 3, hashes.Sha256);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, int algorithm, string? value)
    {
        json.WriteStartObject();
        json.WriteNumber("algorithm_id", algorithm);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static string Uid(SimulatedLaunch launch, SimulatedHost host) => $"{host.MachineId:n}-{launch.Number:x8}";
}
