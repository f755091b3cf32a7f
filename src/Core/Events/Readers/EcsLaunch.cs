using System.Collections.Frozen;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Whether a document of the Elastic Common Schema is a process start on Windows, certainly not, or cannot be known.</summary>
internal static class EcsLaunch
{
    private static readonly FrozenSet<string> Starts = FrozenSet.ToFrozenSet(
        [
            "start", "created-process", "process_started", "process_start", "process-start", "creation",
            "process create (rule: processcreate)",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Snapshots =
        FrozenSet.ToFrozenSet(["already_running", "existing_process"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Loads = FrozenSet.ToFrozenSet(
        ["load", "loaded", "library_load", "library_loaded", "image_load", "image_loaded", "dll_load", "image loaded (rule: imageload)"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind of a record that certainly is not a process creation on Windows.</summary>
    public static string? SkippedAs(JsonValue record)
    {
        if (RepeatedEvents.KindOf(record) is { } kind) return kind;
        if (IsOnAnotherSystem(record)) return Platforms.NotWindows;
        if (WindowsEventNumber(record) is { } number) return number is "1" or "4688" ? null : $"event {number}";

        var categories = record.FieldTexts("event.category"u8);
        if (!categories.Contains("process") && (categories.Count > 0 || !HasProcess(record)))
            return categories.FirstOrDefault("no category");

        var types = record.FieldTexts("event.type"u8);
        if (types.Count > 0 && !types.Contains("start")) return $"process {types[0]}";

        var actions = record.FieldTexts("event.action"u8);
        if (actions.Any(Snapshots.Contains)) return "process already_running";
        var isLoad = actions.Any(Loads.Contains) || categories.Contains("library")
            || (record.HasObject("dll"u8) && !actions.Any(Starts.Contains));
        return isLoad ? "library" : null;
    }

    /// <summary>
    /// The field without which a record that was not skipped may be anything; <see langword="null"/> for a process start.
    /// </summary>
    public static string? MissingField(JsonValue record)
    {
        if (WindowsEventNumber(record) is not null || record.FieldTexts("event.action"u8).Any(Starts.Contains)) return null;
        if (record.FieldTexts("event.category"u8).Count == 0) return "event.category";
        return record.FieldTexts("event.type"u8).Count == 0 ? "event.type" : null;
    }

    private static bool HasProcess(JsonValue record) =>
        record.FieldText("process.executable"u8) is not null
        || record.FieldText("process.name"u8) is not null
        || record.FieldText("process.command_line"u8) is not null;

    /// <summary>The families of Linux are many, so the type decides where there is one.</summary>
    private static bool IsOnAnotherSystem(JsonValue record) => Platforms.IsOther(
        record.FieldText("host.os.type"u8) ?? record.FieldText("host.os.family"u8) ?? record.FieldText("host.os.platform"u8)
        ?? record.FieldText("host.os.name"u8));

    /// <summary>The number of an event of Sysmon or the Security log, as text.</summary>
    private static string? WindowsEventNumber(JsonValue record) =>
        record.FieldText("event.provider"u8) is "Microsoft-Windows-Sysmon" or "Microsoft-Windows-Security-Auditing"
        && WholeNumbers.Of(record.Field("event.code"u8)) is { } number and <= ushort.MaxValue
            ? $"{number}"
            : null;
}
