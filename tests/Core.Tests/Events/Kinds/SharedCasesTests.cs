using System.Globalization;
using System.Text.Json;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>Inputs made from other projects' reports and fixtures, each with the right reading beside it.</summary>
public class SharedCasesTests
{
    [Fact]
    public void Every_shared_case_is_read_as_is_written_beside_it()
    {
        var folder = Corpus.CaseFolder("telemetry", "give");
        var wrong = Directory.GetFiles(folder, "*.expect.json").Order(StringComparer.Ordinal).SelectMany(Faults).ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(Directory.GetFiles(folder, "*.expect.json").Length >= 21);
    }

    private static IEnumerable<string> Faults(string expectations)
    {
        var name = Path.GetFileName(expectations)[..^".expect.json".Length];
        var input = Directory.GetFiles(Path.GetDirectoryName(expectations)!, name + ".*").Single(file => file != expectations);
        var outcomes = JsonValueSplitter.Split(File.ReadAllBytes(input)).SelectMany(value => Reading.All(value.Value.ToArray())).ToList();
        var expected = JsonDocument.Parse(File.ReadAllText(expectations)).RootElement.GetProperty("records").EnumerateArray().ToList();
        if (outcomes.Count != expected.Count) return [$"{name}: {Reading.Words(outcomes)}"];
        return expected.Zip(outcomes).SelectMany(pair => Faults(pair.First, pair.Second)).Select(fault => $"{name}: {fault}");
    }

    private static IEnumerable<string> Faults(JsonElement expected, RecordOutcome outcome)
    {
        if (expected.GetProperty("outcome").GetString() == "skipped") return outcome is RecordOutcome.Skipped ? [] : [$"{outcome}"];
        if (outcome is not RecordOutcome.Read { Event: var read }) return [$"{outcome}"];
        return from field in expected.EnumerateObject()
               where field.Name is not ("outcome" or "why")
               let value = Field(read, field.Name.TrimEnd('^'))
               let isSo = field.Name.EndsWith('^')
                   ? value?.StartsWith(field.Value.GetString()!, StringComparison.Ordinal) == true
                   : string.Equals(value, field.Value.GetString(), StringComparison.OrdinalIgnoreCase)
               where !isSo
               select $"{field.Name} is {value}, not {field.Value}";
    }

    private static string? Field(ProcessEvent e, string name) => name switch
    {
        "time" => e.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        "host" => e.Host.Name,
        "user.name" => e.User?.Name,
        "user.domain" => e.User?.Domain,
        "process.name" => e.Child.Name,
        "process.path" => e.Child.Path,
        "process.command_line" => e.Child.CommandLine,
        "process.pid" => e.Child.Pid?.ToString(CultureInfo.InvariantCulture),
        "process.original_file_name" => e.Child.OriginalFileName,
        "parent.name" => e.Parent?.Name,
        "parent.path" => e.Parent?.Path,
        "parent.command_line" => e.Parent?.CommandLine,
        _ => throw new ArgumentException(name),
    };
}
