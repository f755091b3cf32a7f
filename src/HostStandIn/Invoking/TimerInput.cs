using System.Text.Json;
using Changeling.Events;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn.Invoking;

/// <summary>A timer's tick.</summary>
/// <param name="Now">The host's clock: when the timer ticks, and ticked last.</param>
internal sealed record TimerInput(DateTimeOffset Now) : ICallInput
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    EventBatch? ICallInput.Batch => null;

    /// <inheritdoc/>
    public void Fill(InvocationRequest request, string binding) =>
        request.InputData.Add(new ParameterBinding { Name = binding, Data = HostJsonText.Object(Write) });

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("Schedule");
        json.WriteBoolean("AdjustForDST", true);
        json.WriteEndObject();
        json.WriteStartObject("ScheduleStatus");
        json.WriteString("Last", Now - Interval);
        json.WriteString("Next", Now + Interval);
        json.WriteString("LastUpdated", Now - Interval);
        json.WriteEndObject();
        json.WriteBoolean("IsPastDue", false);
    }
}
