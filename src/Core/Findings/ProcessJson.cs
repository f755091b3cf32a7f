using System.Text.Json;
using Changeling.Events;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>The process tree of a finding: OCSF <c>evidences[].process</c> with user, file and parent.</summary>
internal static class ProcessJson
{
    public static void Write(Utf8JsonWriter json, Detection detection, FindingLimits limits)
    {
        var e = detection.Evidence.Event;
        var child = e.Child;
        json.WriteStartObject("process");
        json.WriteString("name", Cut(child.Name, limits.Text));
        WriteIds(json, child.Pid, child.Guid, "launch:", detection, limits);
        json.WriteNumber("created_time", e.Time.ToUnixTimeMilliseconds());
        if (child.Integrity is { } integrity)
        {
            json.WriteNumber("integrity_id", (int)integrity + 1);
            json.WriteString("integrity", integrity.ToString());
        }

        if (child.CommandLine is { } commandLine) json.WriteString("cmd_line", Cut(commandLine, limits.CommandLine));
        if (e.User is { } user && (user.Name ?? user.Sid) is not null) WriteUser(json, user, limits);
        WriteFile(json, child.Name, child.Path, child.OriginalFileName, child.Hashes, limits);
        if (e.Parent is { } parent)
        {
            json.WriteStartObject("parent_process");
            json.WriteString("name", Cut(parent.Name, limits.Text));
            WriteIds(json, parent.Pid, parent.Guid, "parent-of-launch:", detection, limits);
            if (parent.CommandLine is { } parentLine) json.WriteString("cmd_line", Cut(parentLine, limits.CommandLine));
            WriteFile(json, parent.Name, parent.Path, null, null, limits);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// OCSF wants a process to have a pid or a uid; if the source has neither, the uid is made from the identity of the launch.
    /// </summary>
    private static void WriteIds(Utf8JsonWriter json, uint? pid, string? guid, string prefix, Detection detection, FindingLimits limits)
    {
        if (pid is { } id) json.WriteNumber("pid", id);
        if (guid is not null) json.WriteString("uid", Cut(guid, limits.Text));
        else if (pid is null) json.WriteString("uid", string.Concat(prefix, Cut(detection.EventIdentity, limits.Text)));
    }

    private static void WriteUser(Utf8JsonWriter json, UserIdentity user, FindingLimits limits)
    {
        json.WriteStartObject("user");
        if (user.Name is { } name) json.WriteString("name", Cut(name, limits.Text));
        if (user.Domain is { } domain) json.WriteString("domain", Cut(domain, limits.Text));
        if (user.Sid is { } sid) json.WriteString("uid", Cut(sid, limits.Text));
        json.WriteEndObject();
    }

    private static void WriteFile(
        Utf8JsonWriter json, string name, string? path, string? originalName, FileHashes? hashes, FindingLimits limits)
    {
        json.WriteStartObject("file");
        json.WriteString("name", Cut(name, limits.Text));
        if (path is not null) json.WriteString("path", Cut(path, limits.Text));
        json.WriteNumber("type_id", 1);
        if (originalName is not null) json.WriteString("internal_name", Cut(originalName, limits.Text));
        if (hashes is not null)
        {
            json.WriteStartArray("hashes");
            WriteHash(json, 1, "MD5", hashes.Md5);
            WriteHash(json, 2, "SHA-1", hashes.Sha1);
            WriteHash(json, 3, "SHA-256", hashes.Sha256);
            WriteHash(json, 18, "Imphash", hashes.ImpHash);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, int algorithm, string name, string? value)
    {
        if (value is null) return;
        json.WriteStartObject();
        json.WriteNumber("algorithm_id", algorithm);
        json.WriteString("algorithm", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }
}
