using System.Net;
using Changeling.Baseline;
using Changeling.Baseline.Sweeping;
using Changeling.Clusters;
using Changeling.Events;
using Changeling.Features;
using Changeling.Functions.ExceptionFiles;
using Changeling.Functions.Fleet;
using Changeling.Functions.Models;
using Changeling.Functions.Observing;
using Changeling.Functions.RuleFiles;
using Changeling.Functions.ScoreTelemetry;
using Changeling.Functions.Wire;
using Changeling.Model;
using Changeling.Rules;
using Changeling.Storage;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Changeling.Functions;

/// <summary>Composition: options, services, endpoints, run.</summary>
internal static class Program
{
    /// <summary>Runs until the Functions host kills the process.</summary>
    /// <returns>Always 1: the host takes 0 for a wish and would not start the app again.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = Build(args);
            try
            {
                await app.RunAsync();
            }
            catch (Exception exception)
            {
                Log.CannotStart(app.Logger, Sentence(exception));
            }
        }
        catch (Exception exception)
        {
            using var logging = LoggerFactory.Create(Logging);
            Log.CannotStart(logging.CreateLogger(Telemetry.Name), Sentence(exception));
        }

        return 1;
    }

    /// <summary>Puts the app together.</summary>
    /// <param name="args">The command line; settings may stand there too.</param>
    /// <param name="adjust">For tests: replaces services after all are registered.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? adjust = null)
    {
        // The host's images set a content root and URLs of their own, which this process inherits: both are overruled.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        Logging(builder.Logging);
        TelemetryExport.Add(builder);
        Server(builder);
        Options(builder.Services);
        Services(builder.Services);
        Pipeline(builder.Services);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();

        // Before any service is made of them, so that every bad setting is named.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseMiddleware<AlwaysAnswers>();
        app.UseRouting();
        app.MapGet("/", Status);
        app.MapPost("/ScoreTelemetry", (HttpContext context, ScoreTelemetry.Endpoint endpoint) => endpoint.HandleAsync(context));
        app.MapPost("/SweepBaseline", (HttpContext context, SweepBaseline.Endpoint endpoint) => endpoint.HandleAsync(context));
        app.MapPost("/EvaluateClusters", (HttpContext context, EvaluateClusters.Endpoint endpoint) => endpoint.HandleAsync(context));
        return app;
    }

    private static void Logging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // The host makes every line of standard error an error, and one with "warn" in it a warning.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Warning);
    }

    private static void Server(WebApplicationBuilder builder)
    {
        var port = HandlerPort.Of(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;

            // The host sends whatever a batch weighs, and a body that waits for its turn is read by nobody for a while.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
    }

    private static void Options(IServiceCollection services)
    {
        Add<PipelineOptions, PipelineOptionsValidator>(services, PipelineOptions.Section);
        Add<DetectionsOptions, DetectionsOptionsValidator>(services, DetectionsOptions.Section);
        Add<BaselineOptions, BaselineOptionsValidator>(services, BaselineOptions.Section);
        Add<ExceptionsOptions, ExceptionsOptionsValidator>(services, ExceptionsOptions.Section);
        Add<FleetOptions, FleetOptionsValidator>(services, FleetOptions.Section);
        Add<ModelOptions, ModelOptionsValidator>(services, ModelOptions.Section);
        Add<RetentionOptions, RetentionOptionsValidator>(services, RetentionOptions.Section);
        Add<RulesOptions, RulesOptionsValidator>(services, RulesOptions.Section);
        Add<StorageOptions, StorageOptionsValidator>(services, StorageOptions.Section);
        Add<TelemetryOptions, TelemetryOptionsValidator>(services, TelemetryOptions.Section);
    }

    private static void Add<TOptions, TValidator>(IServiceCollection services, string section)
        where TOptions : class
        where TValidator : IValidateOptions<TOptions>, new()
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingNames<TOptions>(new TValidator(), section));
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private static void Services(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PipelineMetrics>();
        services.AddSingleton<InstanceHealth>();
        services.AddSingleton<AppGauges>();
        services.AddSingleton(provider => new HealthBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddHostedService<HealthHost>();
        services.AddSingleton<BatchGate>();
        services.AddSingleton<ScoreTelemetry.Endpoint>();
        services.AddSingleton(provider => new StorageClients(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton(provider => new ModelBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddSingleton(new ShippedModel(Path.Combine(AppContext.BaseDirectory, "models")));
        services.AddSingleton<ModelHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton(provider => new FleetBlobs(
            provider.GetRequiredService<StorageClients>().Blobs(), provider.GetRequiredService<IOptions<BaselineOptions>>().Value.Name));
        services.AddSingleton<FleetHost>();
        services.AddHostedService(provider => provider.GetRequiredService<FleetHost>());
        services.AddSingleton(provider => Following<RulesHost>(provider, JsonBlobs.Rules));
        services.AddHostedService(provider => provider.GetRequiredService<RulesHost>());
        services.AddSingleton(provider => Following<ExceptionsHost>(provider, JsonBlobs.Exceptions));
        services.AddHostedService(provider => provider.GetRequiredService<ExceptionsHost>());
        services.AddSingleton<ISnapshotSource, CurrentSnapshot>();
    }

    private static T Following<T>(IServiceProvider provider, string container) =>
        ActivatorUtilities.CreateInstance<T>(provider, new JsonBlobs(provider.GetRequiredService<StorageClients>().Blobs(), container));

    /// <summary>The pipeline and what it is made of: the one place that knows the implementations.</summary>
    private static void Pipeline(IServiceCollection services)
    {
        services.AddSingleton<Func<ReadOnlyMemory<byte>, IModel>>(_ => package => new MlModel(ModelPackage.Read(package.ToArray())));
        services.AddSingleton<IBaselineStore>(provider => LineageTable.Open(
            provider.GetRequiredService<StorageClients>(), provider.GetRequiredService<PipelineMetrics>().Committed));
        services.AddSingleton<Func<IModel, PipelineSnapshot>>(_ => Compose);
        services.AddSingleton<IDeadLetterStore>(provider => new DeadLetterBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddSingleton(Settings);
        services.AddSingleton<ISweepStore>(provider => SweepTable.Open(provider.GetRequiredService<StorageClients>()));
        services.AddSingleton(Policy);
        services.AddSingleton<BaselineSweep>();
        services.AddSingleton<SweepBaseline.Endpoint>();
        services.AddSingleton<IClusterStore>(provider => ClusterTable.Open(provider.GetRequiredService<StorageClients>()));
        services.AddSingleton(Clusters);
        services.AddSingleton(provider => new ClusterOutbox(provider.GetRequiredService<IClusterStore>(), provider.GetRequiredService<PipelineSettings>().BaselineName));
        services.AddSingleton<EvaluateClusters.Endpoint>();
        services.AddSingleton<BatchPipeline>();
        services.AddSingleton<ProcessBatch>(provider => provider.GetRequiredService<BatchPipeline>().ProcessAsync);
    }

    private static ClusterEvaluation Clusters(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<PipelineSettings>();
        return new ClusterEvaluation(provider.GetRequiredService<IClusterStore>(), settings.BaselineName, settings.EmitAfter, settings.DetectionFormat);
    }

    private static PipelineSnapshot Compose(IModel model) =>
        new(model, PriorFile.Read(Path.Combine(AppContext.BaseDirectory, "models", "prior.json")), RuleSet.Shipped);

    private static PipelineSettings Settings(IServiceProvider provider) => new()
    {
        BaselineName = provider.GetRequiredService<IOptions<BaselineOptions>>().Value.Name,
        HalfLifeDays = provider.GetRequiredService<IOptions<BaselineOptions>>().Value.HalfLifeDays,
        LaunchesPerHostAndDay = provider.GetRequiredService<IOptions<BaselineOptions>>().Value.LaunchesPerHostAndDay,
        EmitAfter = provider.GetRequiredService<IOptions<DetectionsOptions>>().Value.EmitAfter,
        DetectionFormat = provider.GetRequiredService<IOptions<DetectionsOptions>>().Value.Format,
        CachedRows = provider.GetRequiredService<IOptions<PipelineOptions>>().Value.CachedRows,
        Format = provider.GetRequiredService<IOptions<TelemetryOptions>>().Value.Format is { Length: > 0 } format ? format : null,
    };

    private static SweepPolicy Policy(IServiceProvider provider)
    {
        var retention = provider.GetRequiredService<IOptions<RetentionOptions>>().Value;
        return new SweepPolicy(HalfLife.Of(provider.GetRequiredService<PipelineSettings>().HalfLifeDays), retention.Detections, retention.Hub);
    }

    private static string Sentence(Exception exception) => exception is AggregateException many
        ? string.Join(" ", many.InnerExceptions.Select(inner => inner.Message))
        : exception.Message;

    /// <summary>The host asks this every 25 ms until it is answered, and later as a ping: no storage is touched.</summary>
    private static Task Status(HttpContext context, ISnapshotSource snapshots)
    {
        var reply = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new StatusReply("listening", snapshots.ModelVersion), WireJsonContext.Default.StatusReply);
        return JsonAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, reply, context.RequestAborted);
    }
}
