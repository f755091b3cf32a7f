using Changeling.Hosting.ExceptionFiles;
using Changeling.Hosting.Fleet;
using Changeling.Hosting.Models;
using Changeling.Hosting.RuleFiles;
using Changeling.Hubs;
using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>Binds each section of the settings to its options, checked at start.</summary>
internal static class SettingsRegistration
{
    public static void AddSettings(this IServiceCollection services)
    {
        services.AddSection<PipelineOptions, PipelineOptionsValidator>(PipelineOptions.Section);
        services.AddSection<DetectionsOptions, DetectionsOptionsValidator>(DetectionsOptions.Section);
        services.AddSection<BaselineOptions, BaselineOptionsValidator>(BaselineOptions.Section);
        services.AddSection<ExceptionsOptions, ExceptionsOptionsValidator>(ExceptionsOptions.Section);
        services.AddSection<FleetOptions, FleetOptionsValidator>(FleetOptions.Section);
        services.AddSection<ModelOptions, ModelOptionsValidator>(ModelOptions.Section);
        services.AddSection<RetentionOptions, RetentionOptionsValidator>(RetentionOptions.Section);
        services.AddSection<RulesOptions, RulesOptionsValidator>(RulesOptions.Section);
        services.AddSection<StorageOptions, StorageOptionsValidator>(StorageOptions.Section);
        services.AddSection<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        services.AddHubs();
    }

    /// <summary>The hubs have no section of their own: the Functions host reads the same names for its trigger.</summary>
    private static void AddHubs(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>();
        services.AddOptions<HubOptions>()
            .Configure<IConfiguration>((hubs, settings) =>
            {
                settings.GetSection(HubOptions.ConnectionSetting).Bind(hubs);
                hubs.ConnectionString = settings[HubOptions.ConnectionSetting];
                hubs.DetectionsHub = settings[HubOptions.DetectionsHubSetting];
            })
            .ValidateOnStart();
    }

    private static void AddSection<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : IValidateOptions<TOptions>, new()
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingNames<TOptions>(new TValidator(), section));
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }
}
