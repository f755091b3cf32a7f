using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Changeling.OddWorker;

/// <summary>Functions that do what their events say, each under another retry policy, and two timers.</summary>
public sealed class Functions(ILogger<Functions> logger)
{
    private const string Hub = "%Odd:Hub%";
    private const string Group = "%Odd:Group%";
    private const string Connection = "OddHub";
    private const string Schedule = "0 7 * * * *";

    [Function("ObeyForEver")]
    [ExponentialBackoffRetry(-1, "00:00:02", "00:02:00")]
    public Task ObeyForEverAsync(
        [EventHubTrigger(Hub, ConsumerGroup = Group, Connection = Connection)] EventData[] events,
        FunctionContext context) => ObeyAsync(events, context);

    [Function("ObeyThrice")]
    [FixedDelayRetry(2, "00:00:05")]
    public Task ObeyThriceAsync(
        [EventHubTrigger(Hub, ConsumerGroup = Group, Connection = Connection)] EventData[] events,
        FunctionContext context) => ObeyAsync(events, context);

    [Function("ObeyOnce")]
    public Task ObeyOnceAsync(
        [EventHubTrigger(Hub, ConsumerGroup = Group, Connection = Connection)] EventData[] events,
        FunctionContext context) => ObeyAsync(events, context);

    [Function("Tick")]
    public void Tick([TimerTrigger(Schedule)] TimerInfo timer)
    {
        logger.Ticked(timer.IsPastDue, timer.ScheduleStatus?.Next);
    }

    [Function("TickInTheEnd")]
    [FixedDelayRetry(2, "00:00:05")]
    public void TickInTheEnd([TimerTrigger(Schedule)] TimerInfo timer, FunctionContext context)
    {
        if (context.RetryContext!.RetryCount == 0) throw new InvalidOperationException("not yet");
        logger.Ticked(timer.IsPastDue, timer.ScheduleStatus?.Next);
    }

    private async Task ObeyAsync(EventData[] events, FunctionContext context)
    {
        var commands = new Commands(logger, context);
        foreach (var one in events) await commands.ObeyAsync(one, events);
    }
}
