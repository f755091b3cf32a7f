using System.Text.Json;
using Changeling.Ancestry;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>The processes above the launch, its parent first.</summary>
internal static class AncestorsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Ancestor> ancestors, FindingLimits limits)
    {
        if (ancestors.Count == 0) return;
        json.WriteStartArray("ancestors");
        foreach (var ancestor in ancestors)
        {
            json.WriteStartObject();
            json.WriteString("name", Cut(ancestor.Name, limits.Text));
            if (ancestor.Guid is { } guid) json.WriteString("guid", Cut(guid, limits.Text));
            if (ancestor.Pid is { } pid) json.WriteNumber("pid", pid);
            if (ancestor.CommandLine is { } line) json.WriteString("command_line", Cut(line, limits.Text));
            json.WriteBoolean("seen", ancestor.Seen is not null);
            if (ancestor.Seen is { } seen)
            {
                json.WriteNumber("probability", Math.Round(seen.Probability, 4));
                json.WriteNumber("seconds_before", Math.Round(seen.Age.TotalSeconds, 3));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
