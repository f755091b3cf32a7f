using Changeling.Events;
using Changeling.Simulation.Fleet;

namespace Changeling.Simulation.Formats;

/// <summary>Which collector a host has.</summary>
internal static class EventFormats
{
    private static readonly IEventFormat Sysmon = new SysmonFormat();
    private static readonly IEventFormat Security = new SecurityFormat();
    private static readonly IEventFormat Defender = new DefenderFormat();
    private static readonly IEventFormat Elastic = new ElasticFormat();

    public static IEventFormat For(string name, HostRole role) => name switch
    {
        SourceFormats.DefenderXdr => Defender,
        SourceFormats.Ecs => Elastic,
        SourceFormats.Winlogbeat => Winlogbeat(role),
        _ => Mixed(role),
    };

    private static IEventFormat Mixed(HostRole role) => role switch
    {
        HostRole.OfficeWorkstation or HostRole.AdminWorkstation => Defender,
        HostRole.DeveloperWorkstation => Elastic,
        _ => Winlogbeat(role),
    };

    /// <summary>Sysmon everywhere but on domain controllers, which have the Security log alone.</summary>
    private static IEventFormat Winlogbeat(HostRole role) => role == HostRole.DomainController ? Security : Sysmon;
}
