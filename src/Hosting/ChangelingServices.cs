using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Features;
using Changeling.Hosting.Batches;
using Changeling.Hosting.ExceptionFiles;
using Changeling.Hosting.Fleet;
using Changeling.Hosting.Invocations;
using Changeling.Hosting.Models;
using Changeling.Hosting.Observing;
using Changeling.Hosting.RuleFiles;
using Changeling.Hosting.Settings;
using Changeling.Hosting.Timers;
using Changeling.Hubs;
using Changeling.Incidents;
using Changeling.Operations;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Scoring;
using Changeling.Storage;
using Changeling.Storing;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting;

/// <summary>Composition: the only class that chooses the implementation of each interface.</summary>
public static class ChangelingServices
{
    /// <summary>Adds all services of the function app, except its triggers.</summary>
    /// <param name="builder">The application builder, whose configuration contains the settings.</param>
    /// <exception cref="InvalidOperationException">
    /// The settings of the telemetry exporters cannot be used; the message does not repeat them.
    /// </exception>
    public static void AddChangeling(this IHostApplicationBuilder builder)
    {
        TelemetryExport.Add(builder);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSettings();
        AddStorage(services);
        AddHubs(services);
        AddFollowers(services);
        AddPipeline(services);
        AddTimers(services);
        AddObserving(services);
        AddInvocations(services);
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddSingleton(provider => new StorageClients(provider.Value<StorageOptions>()));
        services.AddSingleton(provider => new ModelBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddSingleton(
            provider => new FleetBlobs(provider.GetRequiredService<StorageClients>().Blobs(), provider.Value<BaselineOptions>().Name));
        services.AddSingleton(provider => new HealthBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddSingleton<IDeadLetterStore>(provider => new DeadLetterBlobs(provider.GetRequiredService<StorageClients>().Blobs()));
        services.AddSingleton<IBaselineStore>(provider => LineageTable.Open(
            provider.GetRequiredService<StorageClients>(), provider.GetRequiredService<PipelineMetrics>().Committed));
        services.AddSingleton<ISweepStore>(provider => SweepTable.Open(provider.GetRequiredService<StorageClients>()));
        services.AddSingleton<IClusterStore>(provider => ClusterTable.Open(provider.GetRequiredService<StorageClients>()));
        services.AddSingleton<IIncidentStore>(provider => IncidentTable.Open(provider.GetRequiredService<StorageClients>()));
    }

    private static void AddHubs(IServiceCollection services) => services.AddSingleton<IDetectionHub>(provider =>
    {
        var hubs = provider.Value<HubOptions>();
        var logger = provider.GetRequiredService<ILogger<DetectionHub>>();
        var metrics = provider.GetRequiredService<PipelineMetrics>();
        return new DetectionHub(hubs.Endpoint(), hubs.DetectionsHub!, count =>
        {
            Log.DamagedDetections(logger, count);
            metrics.Damaged(count);
        });
    });

    /// <summary>Adds the services that follow changes in the store: models, rules, exceptions, the other partitions' counts.</summary>
    private static void AddFollowers(IServiceCollection services)
    {
        services.AddSingleton(new ShippedModel(Path.Combine(AppContext.BaseDirectory, "models")));
        services.AddSingleton<Func<ReadOnlyMemory<byte>, IModel>>(_ => package => new MlModel(ModelPackage.Read(package.ToArray())));
        services.AddSingleton<Func<IModel, PipelineSnapshot>>(_ => Compose);
        services.AddFollower<ModelHost>(provider => ActivatorUtilities.CreateInstance<ModelHost>(provider));
        services.AddFollower<FleetHost>(provider => ActivatorUtilities.CreateInstance<FleetHost>(provider));
        services.AddFollower<RulesHost>(provider => Following<RulesHost>(provider, JsonBlobs.Rules));
        services.AddFollower<ExceptionsHost>(provider => Following<ExceptionsHost>(provider, JsonBlobs.Exceptions));
        services.AddSingleton<ISnapshotSource, CurrentSnapshot>();
    }

    private static void AddPipeline(IServiceCollection services)
    {
        services.AddSingleton(PipelineSettingsOf);
        services.AddSingleton<BatchPipeline>();
        services.AddSingleton<ProcessBatch>(provider => provider.GetRequiredService<BatchPipeline>().ProcessAsync);
        services.AddSingleton<BatchGate>();
        services.AddSingleton<BatchHandler>();
    }

    private static void AddTimers(IServiceCollection services)
    {
        services.AddSingleton(SweepPolicyOf);
        services.AddSingleton<BaselineSweep>();
        services.AddSingleton<SweepHandler>();
        services.AddSingleton(ClustersOf);
        services.AddSingleton(provider => new ClusterOutbox(
            provider.GetRequiredService<IClusterStore>(), provider.GetRequiredService<IDetectionHub>(),
            provider.Value<BaselineOptions>().Name));
        services.AddSingleton<ClusterHandler>();
        services.AddSingleton(IncidentsOf);
        services.AddSingleton(provider => new IncidentOutbox(
            provider.GetRequiredService<IIncidentStore>(), provider.GetRequiredService<IDetectionHub>(),
            provider.Value<BaselineOptions>().Name));
        services.AddSingleton<IncidentHandler>();
    }

    private static void AddObserving(IServiceCollection services)
    {
        services.AddSingleton<PipelineMetrics>();
        services.AddSingleton<InstanceHealth>();
        services.AddSingleton<AppGauges>();
        services.AddHostedService<HealthHost>();
    }

    /// <summary>Registered last, because the service that is registered last is stopped first.</summary>
    private static void AddInvocations(IServiceCollection services)
    {
        services.AddSingleton<InvocationFailures>();
        services.AddSingleton<InvocationsInFlight>();
        services.AddHostedService<DrainAtStop>();
    }

    private static void AddFollower<T>(this IServiceCollection services, Func<IServiceProvider, T> create)
        where T : class, IHostedService
    {
        services.AddSingleton(create);
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private static T Following<T>(IServiceProvider provider, string container) =>
        ActivatorUtilities.CreateInstance<T>(provider, new JsonBlobs(provider.GetRequiredService<StorageClients>().Blobs(), container));

    private static PipelineSnapshot Compose(IModel model) =>
        new(model, PriorFile.Read(Path.Combine(AppContext.BaseDirectory, "models", "prior.json")), RuleSet.Shipped);

    private static PipelineSettings PipelineSettingsOf(IServiceProvider provider)
    {
        var (baseline, detections) = (provider.Value<BaselineOptions>(), provider.Value<DetectionsOptions>());
        return new PipelineSettings
        {
            BaselineName = baseline.Name,
            HalfLifeDays = baseline.HalfLifeDays,
            LaunchesPerHostAndDay = baseline.LaunchesPerHostAndDay,
            EmitAfter = detections.EmitAfter,
            DetectionFormat = detections.Format,
            Alerts = detections.Alerts,
            CachedRows = provider.Value<PipelineOptions>().CachedRows,
            Format = provider.Value<TelemetryOptions>().Format is { Length: > 0 } format ? format : null,
        };
    }

    private static SweepPolicy SweepPolicyOf(IServiceProvider provider)
    {
        var retention = provider.Value<RetentionOptions>();
        return new SweepPolicy(HalfLife.Of(provider.Value<BaselineOptions>().HalfLifeDays), retention.Detections, retention.Hub);
    }

    private static ClusterEvaluation ClustersOf(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<PipelineSettings>();
        return new ClusterEvaluation(
            provider.GetRequiredService<IClusterStore>(),
            settings.BaselineName,
            settings.EmitAfter,
            settings.DetectionFormat,
            settings.Alerts);
    }

    private static IncidentGathering IncidentsOf(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<PipelineSettings>();
        return new IncidentGathering(
            provider.GetRequiredService<IIncidentStore>(), settings.BaselineName, settings.DetectionFormat, settings.Alerts);
    }

    private static TOptions Value<TOptions>(this IServiceProvider provider)
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;
}
