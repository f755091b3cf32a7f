using System.Text.RegularExpressions;

namespace Changeling.TestSupport.EventLogs;

/// <summary>The golden launch as a record of an event log.</summary>
public static partial class LoggedLaunch
{
    /// <summary>The launch's XML with its GUIDs in capitals, as Windows writes them when it reads a log.</summary>
    /// <param name="sender">A golden file with XML of one event.</param>
    public static string Xml(string sender)
    {
        var xml = GoldenLaunch.Messages[sender];
        var start = xml.IndexOf("<Event ", StringComparison.Ordinal);
        var end = xml.IndexOf("</Event>", start, StringComparison.Ordinal) + "</Event>".Length;
        return Id().Replace(xml[start..end], id => id.Value.ToUpperInvariant());
    }

    /// <summary>What writes the record.</summary>
    public static Action<BinaryXmlWriter> Of(string sender) => LoggedEvent.Of(Xml(sender));

    [GeneratedRegex(@"\{[0-9a-f-]{36}\}")]
    private static partial Regex Id();
}
