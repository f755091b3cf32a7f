using System.Net.Http.Headers;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>A timer function: what the host sends to one (section 1.13).</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Binding">Name of the trigger's binding.</param>
internal sealed record TimerFunction(string Name, string Binding)
{
    /// <summary>Reads <c>function.json</c>.</summary>
    /// <exception cref="HostFailedException">There is none, or its trigger is no timer with a schedule.</exception>
    public static TimerFunction Read(string folder, string name)
    {
        var file = Path.Combine(folder, name, "function.json");
        if (!File.Exists(file)) throw new HostFailedException($"{folder} has no function {name}: {name}/function.json is missing.");

        using var function = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var binding in function.RootElement.GetProperty("bindings").EnumerateArray())
        {
            if (binding.GetProperty("type").GetString() != "timerTrigger") continue;

            // Six fields: the host's schedules begin with seconds.
            var fields = binding.GetProperty("schedule").GetString()!.Split(' ').Length;
            if (fields != 6) throw new HostFailedException($"{name}/function.json: the schedule has {fields} fields, not 6.");
            return new TimerFunction(name, binding.GetProperty("name").GetString()!);
        }

        throw new HostFailedException($"{name}/function.json: the trigger is no timer.");
    }

    /// <summary>The request's body; there is no <c>RetryContext</c>, since the function has no retry policy.</summary>
    public HttpContent Content(DateTimeOffset now)
    {
        var time = HostValue.Time(now) + "Z";
        var body = new Dictionary<string, object>
        {
            ["Data"] = new Dictionary<string, object>
            {
                [Binding] = new Dictionary<string, object?>
                {
                    ["Schedule"] = new Dictionary<string, object> { ["AdjustForDST"] = true },
                    ["ScheduleStatus"] = null,
                    ["IsPastDue"] = false,
                },
            },
            ["Metadata"] = new Dictionary<string, object>
            {
                ["sys"] = new Dictionary<string, object> { ["MethodName"] = Name, ["UtcNow"] = time, ["RandGuid"] = "0f8fad5b-d9cb-469f-a165-70867728950e" },
            },
        };
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }
}
