using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Formats;

/// <summary>Elastic Defend's process start in Elastic Common Schema, one a message.</summary>
internal sealed class ElasticFormat : IEventFormat
{
    public int RecordsPerMessage => 1;

    public (TimeSpan Least, TimeSpan Most) Delay { get; } = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

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
            Guid = EntityId(launch, host),
            OriginalFileName = launch.File.OriginalName,
            Hashes = Fingerprints.Of(launch.File),
            Signature = launch.File.Signer is { } signer
                ? new CodeSignature(SignatureStatus.Valid, signer)
                : new CodeSignature(SignatureStatus.Unsigned),
            Integrity = launch.Integrity,
            Elevation = launch.Account.Elevation,
        },
        Parent = new ParentProcess
        {
            Name = launch.Parent!.Name,
            Path = IsSystem(launch.Parent) ? null : launch.Parent.File.Path,
            CommandLine = IsSystem(launch.Parent) ? null : launch.Parent.ReadCommandLine,
            Pid = launch.Parent.Pid,
            Guid = EntityId(launch.Parent, host),
        },
        Format = SourceFormats.Ecs,
        SourceIdentity = $"ecs|{EventId(launch, host)}".ToLowerInvariant(),
    };

    public void Write(Utf8JsonWriter json, IReadOnlyList<SimulatedLaunch> launches, SimulatedHost host)
    {
        foreach (var launch in launches)
        {
            json.WriteStartObject();
            WriteEnvelope(json, launch, host);
            json.WriteStartObject("process");
            WriteProcess(json, launch, host);
            WriteFile(json, launch);
            WriteParent(json, launch.Parent!, host);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteEnvelope(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteString("@timestamp", Iso.Ticks(launch.Time));
        json.WriteStartObject("agent");
        json.WriteString("type", "endpoint");
        json.WriteString("version", "9.2.1");
        json.WriteString("id", host.MachineId.ToString());
        json.WriteEndObject();
        json.WriteStartObject("data_stream");
        json.WriteString("type", "logs");
        json.WriteString("dataset", "endpoint.events.process");
        json.WriteString("namespace", "default");
        json.WriteEndObject();
        json.WriteStartObject("event");
        json.WriteString("id", EventId(launch, host));
        json.WriteString("kind", "event");
        WriteArray(json, "category", ["process"]);
        WriteArray(json, "type", ["start"]);
        json.WriteString("action", "start");
        json.WriteNumber("sequence", launch.Number);
        json.WriteString("created", Iso.Ticks(launch.Time.AddTicks(181_117)));
        json.WriteEndObject();
        json.WriteStartObject("host");
        json.WriteString("id", host.MachineId.ToString());
        json.WriteString("name", host.FullName);
        json.WriteString("hostname", host.Name);
        json.WriteStartObject("os");
        json.WriteString("type", "windows");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("user");
        json.WriteString("domain", launch.Account.Domain);
        json.WriteString("name", launch.Account.Name);
        json.WriteString("id", launch.Account.Sid);
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, SimulatedLaunch launch, SimulatedHost host)
    {
        json.WriteString("name", launch.FileName);
        json.WriteString("executable", launch.File.Path);
        json.WriteString("command_line", launch.CommandLine);
        WriteArray(json, "args", CommandLineWords.Of(launch.CommandLine));
        json.WriteNumber("pid", launch.Pid);
        json.WriteString("entity_id", EntityId(launch, host));
        json.WriteStartObject("Ext");
        json.WriteStartObject("token");
        json.WriteString("integrity_level_name", Lower(launch.Integrity));
        json.WriteString("elevation_level", Lower(launch.Account.Elevation));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, SimulatedLaunch launch)
    {
        var hashes = Fingerprints.Of(launch.File);
        json.WriteStartObject("hash");
        json.WriteString("md5", hashes.Md5);
        json.WriteString("sha1", hashes.Sha1);
        json.WriteString("sha256", hashes.Sha256);
        json.WriteEndObject();
        json.WriteStartObject("pe");
        if (launch.File.OriginalName is { } name) json.WriteString("original_file_name", name);
        json.WriteString("imphash", hashes.ImpHash);
        json.WriteEndObject();
        json.WriteStartObject("code_signature");
        json.WriteBoolean("exists", launch.File.Signer is not null);
        if (launch.File.Signer is { } signer)
        {
            json.WriteString("status", "trusted");
            json.WriteBoolean("trusted", true);
            json.WriteString("subject_name", signer);
        }

        json.WriteEndObject();
    }

    private static void WriteParent(Utf8JsonWriter json, SimulatedLaunch parent, SimulatedHost host)
    {
        json.WriteStartObject("parent");
        json.WriteString("name", parent.FileName);
        if (!IsSystem(parent))
        {
            json.WriteString("executable", parent.File.Path);
            json.WriteString("command_line", parent.CommandLine);
        }

        json.WriteNumber("pid", parent.Pid);
        json.WriteString("entity_id", EntityId(parent, host));
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string EntityId(SimulatedLaunch launch, SimulatedHost host) =>
        Convert.ToBase64String(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{host.MachineId}-{launch.Pid}-{launch.Time.ToUnixTimeSeconds()}")));

    private static string EventId(SimulatedLaunch launch, SimulatedHost host) =>
        Convert.ToBase64String(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{host.MachineId}|{launch.Number}"))).AsSpan(0, 18));

    private static bool IsSystem(SimulatedLaunch launch) => launch.Parent is null;

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
