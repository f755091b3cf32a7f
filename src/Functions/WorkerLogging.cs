using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Changeling.Functions;

/// <summary>
/// Logs go to the host through the worker, and to the exporters; the console would give the host every line a second time.
/// </summary>
internal static class WorkerLogging
{
    public static void Configure(ILoggingBuilder logging)
    {
        foreach (
            var console in logging.Services.Where(
                s => s.ServiceType == typeof(ILoggerProvider) && s.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
            logging.Services.Remove(console);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Azure", LogLevel.Warning);

        // A failed invocation is logged once, by us, without a stack that the host would repeat at every retry.
        logging.AddFilter("Microsoft.Azure.Functions.Worker.FunctionsApplication", LogLevel.None);
    }
}
