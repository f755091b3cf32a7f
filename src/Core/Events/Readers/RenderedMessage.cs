using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// The fields of a process creation out of its rendered English message, for senders that give nothing else. Command lines are text of
/// an attacker and may hold any label: labels before the first command line are searched forwards, those after it backwards.
/// </summary>
internal static class RenderedMessage
{
    private const string Explanation = "Token Elevation Type indicates";

    private static readonly (string Label, string Name)[] Account =
        [("Security ID:", "UserSid"), ("Account Name:", "UserName"), ("Account Domain:", "DomainName"), ("Logon ID:", "LogonId")];

    private static readonly (string Label, string Name)[] Process =
    [
        ("New Process ID:", "NewProcessId"), ("New Process Name:", "NewProcessName"), ("Token Elevation Type:", "TokenElevationType"),
        ("Mandatory Label:", "MandatoryLabel"), ("Creator Process ID:", "ProcessId"), ("Creator Process Name:", "ParentProcessName"),
    ];

    private static readonly string[] SysmonHead =
        ["UtcTime:", "ProcessGuid:", "ProcessId:", "Image:", "FileVersion:", "Description:", "Product:", "Company:", "OriginalFileName:"];

    private static readonly string[] SysmonTail =
    [
        "CurrentDirectory:", "User:", "LogonGuid:", "LogonId:", "TerminalSessionId:", "IntegrityLevel:", "Hashes:", "ParentProcessGuid:",
        "ParentProcessId:", "ParentImage:", "ParentCommandLine:", "ParentUser:",
    ];

    /// <summary>Reads the event with the fields of its message.</summary>
    public static RecordOutcome Read(WindowsEvent e)
    {
        if (!e.IsProcessCreation || e.Message.AsText() is not { } message) return e.Read();
        using var fields = JsonMaker.Object(json =>
        {
            if (e.IsSysmon) AddSysmon(json, message);
            else AddSecurity(json, message);
        });
        return (e with { Data = fields.Root }).Read();
    }

    private static void AddSecurity(JsonMaker json, string message)
    {
        var command = Find(message, "Process Command Line:", 0, message.Length);
        var explanation = message.LastIndexOf(Explanation, StringComparison.Ordinal);
        var end = explanation > command ? explanation : message.Length;
        var head = command < 0 ? end : command;
        var process = Find(message, "Process Information:", 0, head);
        if (process < 0) return;

        var target = Find(message, "Target Subject:", 0, process);
        AddForwards(json, message, Account.Select(a => (a.Label, "Subject" + a.Name)), 0, target < 0 ? process : target);
        if (target >= 0) AddForwards(json, message, Account.Select(a => (a.Label, "Target" + a.Name)), target, process);
        AddForwards(json, message, Process, process, head);
        if (command >= 0) AddValue(json, "CommandLine", message[(command + "Process Command Line:".Length)..end]);
    }

    private static void AddSysmon(JsonMaker json, string message)
    {
        var command = Find(message, "CommandLine:", 0, message.Length);
        var end = message.Length;
        var tail = new List<(string Name, string Value)>();
        for (var i = SysmonTail.Length - 1; i >= 0 && command >= 0; i--)
        {
            var label = SysmonTail[i];
            var start = FindLast(message, label, command, end);
            if (start < 0) continue;
            tail.Add((label[..^1], message[(start + label.Length)..end]));
            end = start;
        }

        AddForwards(json, message, SysmonHead.Select(label => (label, label[..^1])), 0, command < 0 ? message.Length : command);
        if (command >= 0) AddValue(json, "CommandLine", message[(command + "CommandLine:".Length)..end]);
        foreach (var (name, value) in tail) AddValue(json, name, value);
    }

    /// <summary>Adds the values of the labels that are there, each up to the next one.</summary>
    private static void AddForwards(
        JsonMaker json, string message, IEnumerable<(string Label, string Name)> labels, int from, int end)
    {
        (string Name, int Start)? open = null;
        foreach (var (label, name) in labels)
        {
            var start = Find(message, label, open?.Start ?? from, end);
            if (start < 0) continue;
            if (open is { } before) AddValue(json, before.Name, message[before.Start..start]);
            open = (name, start + label.Length);
        }

        if (open is { } last) AddValue(json, last.Name, message[last.Start..end]);
    }

    /// <summary>The label as a word of its own: <c>User:</c> is not in <c>ParentUser:</c>.</summary>
    private static int Find(string message, string label, int from, int end)
    {
        for (var at = from; at < end && (at = message.IndexOf(label, at, end - at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (at == 0 || char.IsWhiteSpace(message[at - 1])) return at;
        }

        return -1;
    }

    private static int FindLast(string message, string label, int from, int end)
    {
        for (var at = end; at > from && (at = message.LastIndexOf(label, at - 1, at - from, StringComparison.Ordinal)) >= 0;)
        {
            if (char.IsWhiteSpace(message[at - 1])) return at;
        }

        return -1;
    }

    /// <summary>
    /// Only a command line has line breaks. Some renderings name the label: <c>Mandatory Label\Medium Mandatory Level</c>.
    /// </summary>
    private static void AddValue(JsonMaker json, string name, string value)
    {
        var text = value.Trim();
        if (!name.EndsWith("CommandLine", StringComparison.Ordinal)) text = text.Split('\n')[0].TrimEnd();
        if (name == "MandatoryLabel" && text.IndexOf('\\', StringComparison.Ordinal) is var separator and >= 0)
            text = text[(separator + 1)..].Split(' ')[0];
        json.Add(name, text);
    }
}
