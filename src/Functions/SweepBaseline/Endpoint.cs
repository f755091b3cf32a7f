using Changeling.Baseline.Sweeping;
using Changeling.Functions.Wire;
using Microsoft.Extensions.Options;

namespace Changeling.Functions.SweepBaseline;

/// <summary>
/// The function <c>SweepBaseline</c>, called every hour: what the timer says does not matter, since every partition is swept
/// once per day of its own clock and in bounded steps.
/// </summary>
internal sealed class Endpoint(
    BaselineSweep sweep, IOptions<BaselineOptions> baseline, IOptions<RetentionOptions> retention, ILogger<Endpoint> logger)
{
    /// <summary>Answers one invocation.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var outcome = await sweep.RunAsync(baseline.Value.Name, retention.Value.RequestsPerRun, context.RequestAborted);
        Log.Swept(logger, outcome.Partitions, outcome.Rows, outcome.Deleted, outcome.IsDone);
        var line = $"{outcome.Partitions} partitions, {outcome.Rows} rows looked at, {outcome.Deleted} deleted{(outcome.IsDone ? "" : ", to be continued")}";
        await JsonAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, InvocationReply.WriteLog(line), context.RequestAborted);
    }
}
