using Changeling.Hosting.Observing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Changeling.Functions;

/// <summary>Reports a failed start: one sentence on standard error, where the host reads it, and exit code 1.</summary>
internal static class StartFailure
{
    public static int Report(Exception exception)
    {
        using var logging = LoggerFactory.Create(builder =>
        {
            builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        Log.CannotStart(logging.CreateLogger(Telemetry.Name), Sentence(exception));
        return 1;
    }

    private static string Sentence(Exception exception) => exception is AggregateException many
        ? string.Join(" ", many.InnerExceptions.Select(inner => inner.Message))
        : exception.Message;
}
