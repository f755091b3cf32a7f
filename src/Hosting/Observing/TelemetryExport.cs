using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Changeling.Hosting.Observing;

/// <summary>
/// Configures the export of metrics, traces and logs, by the settings of host and OpenTelemetry: to Application Insights in Azure, to a
/// collector (OTLP), to the console, or not at all. Storage clients are not traced: their requests contain names of parents and hosts.
/// </summary>
internal static class TelemetryExport
{
    private const string AzureName = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureIdentityName = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string OtlpName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ConsoleName = "OTEL_METRICS_EXPORTER";

    /// <summary>Adds the exporters that the configuration names.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be used; the message does not repeat it.</exception>
    public static void Add(IHostApplicationBuilder builder)
    {
        var azure = Azure(builder.Configuration);
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpName]);
        var console = builder.Configuration[ConsoleName] == "console";
        if (azure is null && !otlp && !console) return;

        var instance = InstanceName.Of(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(Telemetry.Name, serviceVersion: ProductVersion.Text, serviceInstanceId: instance))
            .WithTracing(t => t.AddSource(Telemetry.Name))
            .WithMetrics(m => m.AddMeter(Telemetry.Name, "System.Runtime"));
        if (otlp || azure is not null) telemetry.WithLogging(null, log => log.IncludeFormattedMessage = true);
        if (azure is not null) AddAzure(telemetry, builder.Logging, azure);
        if (otlp)
            telemetry.WithTracing(t => t.AddOtlpExporter()).WithMetrics(m => m.AddOtlpExporter()).WithLogging(l => l.AddOtlpExporter());

        // Each batch gets a span, independent of the host's sampling: these are few, and a batch without a span cannot be investigated.
        telemetry.WithTracing(t => t.SetSampler<AlwaysOnSampler>());
        if (console) telemetry.WithMetrics(m => m.AddConsoleExporter());
    }

    private static void AddAzure(IOpenTelemetryBuilder telemetry, ILoggingBuilder logging, Action<AzureMonitorExporterOptions> azure)
    {
        telemetry.WithTracing(t => t.AddAzureMonitorTraceExporter(azure))
            .WithMetrics(m => m.AddAzureMonitorMetricExporter(azure))
            .WithLogging(l => l.AddAzureMonitorLogExporter(azure));

        // The host also sends every line of the console there. So the console gets only lines that must not be lost if an exporter fails.
        logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting", LogLevel.Critical);
    }

    private static Action<AzureMonitorExporterOptions>? Azure(IConfiguration configuration)
    {
        var connection = configuration[AzureName];
        if (string.IsNullOrEmpty(connection)) return null;
        if (!Parts(connection).TryGetValue("InstrumentationKey", out var key) || !Guid.TryParse(key, out _))
            throw new InvalidOperationException(
                $"{AzureName} must be the connection string of an Application Insights component (InstrumentationKey=…;IngestionEndpoint=…), or empty for none.");

        var credential = Credential(configuration[AzureIdentityName]);
        return options =>
        {
            options.ConnectionString = connection;
            options.Credential = credential;
        };
    }

    /// <summary>The value in the host's form: <c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity.</summary>
    private static TokenCredential? Credential(string? text)
    {
        var parts = Parts(text ?? "");
        if (parts.GetValueOrDefault("Authorization") != "AAD") return null;
        return parts.TryGetValue("ClientId", out var client)
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client))
            : new DefaultAzureCredential();
    }

    private static Dictionary<string, string> Parts(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.OrdinalIgnoreCase);
}
