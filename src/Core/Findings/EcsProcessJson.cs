using System.Text.Json;
using Changeling.Events;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>The process tree of an ECS document: <c>process</c> with its <c>parent</c>.</summary>
internal static class EcsProcessJson
{
    public static void Write(Utf8JsonWriter json, ProcessEvent e, FindingLimits limits)
    {
        var child = e.Child;
        json.WriteStartObject("process");
        WriteWhat(json, child.Name, child.Path, child.CommandLine, child.Pid, child.Guid, limits);
        json.WriteString("start", e.Time.UtcDateTime);
        if (child.Hashes is { } hashes) WriteHashes(json, hashes);
        if ((child.OriginalFileName ?? child.Hashes?.ImpHash) is not null) WritePe(json, child, limits);
        if (e.Parent is { } parent)
        {
            json.WriteStartObject("parent");
            WriteWhat(json, parent.Name, parent.Path, parent.CommandLine, parent.Pid, parent.Guid, limits);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteWhat(
        Utf8JsonWriter json, string name, string? path, string? commandLine, uint? pid, string? guid, FindingLimits limits)
    {
        json.WriteString("name", Cut(name, limits.Text));
        if (path is not null) json.WriteString("executable", Cut(path, limits.Text));
        if (commandLine is not null) json.WriteString("command_line", Cut(commandLine, limits.CommandLine));
        if (pid is { } id) json.WriteNumber("pid", id);
        if (guid is not null) json.WriteString("entity_id", Cut(guid, limits.Text));
    }

    private static void WriteHashes(Utf8JsonWriter json, FileHashes hashes)
    {
        if ((hashes.Md5 ?? hashes.Sha1 ?? hashes.Sha256) is null) return;
        json.WriteStartObject("hash");
        if (hashes.Md5 is { } md5) json.WriteString("md5", md5);
        if (hashes.Sha1 is { } sha1) json.WriteString("sha1", sha1);
        if (hashes.Sha256 is { } sha256) json.WriteString("sha256", sha256);
        json.WriteEndObject();
    }

    private static void WritePe(Utf8JsonWriter json, ChildProcess child, FindingLimits limits)
    {
        json.WriteStartObject("pe");
        if (child.OriginalFileName is { } original) json.WriteString("original_file_name", Cut(original, limits.Text));
        if (child.Hashes?.ImpHash is { } imphash) json.WriteString("imphash", imphash);
        json.WriteEndObject();
    }
}
