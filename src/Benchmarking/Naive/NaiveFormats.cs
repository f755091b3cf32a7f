using System.Text.Json;

namespace Changeling.Benchmarking.Naive;

/// <summary>Takes the few fields of the naive function from the three formats of the sample.</summary>
internal static class NaiveFormats
{
    /// <summary>The launches of one message.</summary>
    public static IEnumerable<NaiveLaunch> Launches(JsonElement message)
    {
        if (message.TryGetProperty("records", out var records))
            return records.EnumerateArray().Select(record => Defender(record.GetProperty("properties")));
        return message.TryGetProperty("winlog", out var winlog)
            ? [Winlogbeat(winlog.GetProperty("event_data"))]
            : [Elastic(message.GetProperty("process"))];
    }

    private static NaiveLaunch Defender(JsonElement e) => new()
    {
        Image = $"{Text(e, "FolderPath")}\\{Text(e, "FileName")}",
        CommandLine = Text(e, "ProcessCommandLine"),
        ParentImage = $"{Text(e, "InitiatingProcessFolderPath")}\\{Text(e, "InitiatingProcessFileName")}",
        ParentCommandLine = Text(e, "InitiatingProcessCommandLine"),
    };

    private static NaiveLaunch Winlogbeat(JsonElement e) => new()
    {
        Image = Text(e, "Image") is { Length: > 0 } image ? image : Text(e, "NewProcessName"),
        CommandLine = Text(e, "CommandLine"),
        ParentImage = Text(e, "ParentImage") is { Length: > 0 } parent ? parent : Text(e, "ParentProcessName"),
        ParentCommandLine = Text(e, "ParentCommandLine"),
    };

    private static NaiveLaunch Elastic(JsonElement process)
    {
        var hasParent = process.TryGetProperty("parent", out var parent);
        return new()
        {
            Image = Text(process, "executable"),
            CommandLine = Text(process, "command_line"),
            ParentImage = hasParent ? Text(parent, "executable") : "",
            ParentCommandLine = hasParent ? Text(parent, "command_line") : "",
        };
    }

    private static string Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
