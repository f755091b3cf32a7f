namespace Changeling.Simulation.Formats;

/// <summary>What differs between the two logs of Windows that report a process start.</summary>
internal sealed record WindowsChannel(string Name, string Provider, string ProviderGuid, string EventId, string Action, int Version)
{
    public static WindowsChannel Sysmon { get; } = new(
        "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}", "1",
        "Process Create (rule: ProcessCreate)", 5);

    public static WindowsChannel Security { get; } = new(
        "Security", "Microsoft-Windows-Security-Auditing", "{54849625-5478-4994-a5ba-3e3b0328c30d}", "4688", "Process Creation", 2);
}
