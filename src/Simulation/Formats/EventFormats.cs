using System.Collections.Frozen;
using Changeling.Events;
using Changeling.Simulation.Fleet;

namespace Changeling.Simulation.Formats;

/// <summary>Which collector a host has.</summary>
internal static class EventFormats
{
    private static readonly IEventFormat Defender = new DefenderFormat();
    private static readonly IEventFormat Elastic = new ElasticFormat();
    private static readonly IEventFormat Ocsf = new OcsfFormat();

    /// <summary>The collectors of Windows' logs by format id, each for Sysmon and for the Security log.</summary>
    private static readonly FrozenDictionary<string, (IEventFormat Sysmon, IEventFormat Security)> Carried = new IWindowsCarrier[]
    {
        new WinlogbeatCarrier(), new NxlogCarrier(), new FluentBitCarrier(), new ForwardedXmlCarrier(), new OtelCarrier(),
        new SplunkHecCarrier(), new WazuhCarrier(), new VectorCarrier(), new GelfCarrier(),
    }.ToFrozenDictionary(
        carrier => carrier.Format,
        carrier => ((IEventFormat)new SysmonFormat(carrier), (IEventFormat)new SecurityFormat(carrier)),
        StringComparer.Ordinal);

    public static IEventFormat For(string name, HostRole role) => name switch
    {
        SourceFormats.DefenderXdr => Defender,
        SourceFormats.Ecs => Elastic,
        SourceFormats.Ocsf => Ocsf,
        SimulationOptions.MixedFormats => Mixed(role),
        _ => Windows(name, role),
    };

    private static IEventFormat Mixed(HostRole role) => role switch
    {
        HostRole.OfficeWorkstation or HostRole.AdminWorkstation => Defender,
        HostRole.DeveloperWorkstation => Elastic,
        _ => Windows(SourceFormats.Winlogbeat, role),
    };

    /// <summary>Sysmon everywhere but on domain controllers, which have the Security log alone.</summary>
    private static IEventFormat Windows(string name, HostRole role) =>
        role == HostRole.DomainController ? Carried[name].Security : Carried[name].Sysmon;
}
