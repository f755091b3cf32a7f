using Microsoft.Extensions.Logging;

namespace Changeling.OddWorker;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Report}")]
    public static partial void Reported(this ILogger logger, string report);

    [LoggerMessage(2, LogLevel.Information, "ticked, past due: {IsPastDue}, next: {Next}")]
    public static partial void Ticked(this ILogger logger, bool isPastDue, DateTimeOffset? next);
}
