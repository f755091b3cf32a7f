using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Changeling.Functions;

/// <summary>
/// Logs go to the host through the worker, and to the exporters; the console is not used, because the host would receive every line twice.
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

        // Changeling logs a failed invocation itself, once and without the stack that the host would repeat at every retry.
        logging.AddFilter("Microsoft.Azure.Functions.Worker.FunctionsApplication", LogLevel.None);
    }
}
