using System.Globalization;
using System.Text.Json.Nodes;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// The signals of one event partition as the same rows in any run. How signals share rows depends on how chunks were cut, and their
/// ancestors on a process's memory; long texts are cut the shorter, the more ancestors there are. How often a weak signal is stored in an
/// hour depends on that memory too: at least the first time it is.
/// </summary>
internal sealed class SignalRows
{
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>All findings, and those weak signals that are the first of their step on their host in their hour.</summary>
    public IReadOnlyDictionary<string, string> Rows => _rows;

    /// <summary>Adds the next row in order of position.</summary>
    /// <exception cref="InvalidOperationException">A launch is there twice.</exception>
    public void Add(byte[] body)
    {
        foreach (var signal in JsonNode.Parse(body)!.AsArray().Select(node => node!.AsObject()))
        {
            var id = signal["uid"]!.GetValue<string>();
            if (!_ids.Add(id)) throw new InvalidOperationException($"the signal of launch {id} is stored twice");
            signal.Remove("ancestors");
            signal.Remove("reasons");
            signal["process"]!.AsObject().Remove("commandLine");
            var isFirst = _steps.Add(StepOf(signal));
            if (isFirst || signal["rules"]!.AsArray().Count > 0) _rows[$"signal|{id}"] = signal.ToJsonString();
        }
    }

    private static string StepOf(JsonObject signal)
    {
        var time = DateTimeOffset.Parse(signal["time"]!.GetValue<string>(), CultureInfo.InvariantCulture).ToUniversalTime();
        return $"{signal["host"]}|{signal["step"]}|{time:yyyyMMddHH}";
    }
}
