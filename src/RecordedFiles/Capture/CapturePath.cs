using System.Text.RegularExpressions;

namespace Changeling.RecordedFiles.Capture;

/// <summary>
/// The path of a Capture file, which names the event partition: <c>{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/…</c>, or with
/// other characters than the slash.
/// </summary>
internal static partial class CapturePath
{
    /// <summary>The event partition of a file; its folder if the path does not name one.</summary>
    public static string Partition(string path) =>
        Dated().Match(path.Replace('\\', '/')) is { Success: true } match ? match.Groups["partition"].Value : "0";

    /// <summary>All of the path before the date: files with the same text are of one event partition.</summary>
    public static string Stream(string path)
    {
        var name = path.Replace('\\', '/');
        return Dated().Match(name) is { Success: true } match
            ? name[..(match.Groups["partition"].Index + match.Groups["partition"].Length)]
            : name[..(name.LastIndexOf('/') + 1)];
    }

    [GeneratedRegex(
        @"(?<![0-9])(?<partition>[0-9]{1,4})[^0-9]+20[0-9]{2}[^0-9]?[0-9]{2}[^0-9]?[0-9]{2}[^0-9]?[0-9]{2}[^0-9]?[0-9]{2}[^0-9]?[0-9]{2}[^/]*$")]
    private static partial Regex Dated();
}
