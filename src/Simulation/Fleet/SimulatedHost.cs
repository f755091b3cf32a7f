using Changeling.Simulation.Formats;

namespace Changeling.Simulation.Fleet;

/// <summary>One machine: its names, its accounts and how it reports.</summary>
internal sealed record SimulatedHost(int Index, string Name, HostRole Role, string Person)
{
    /// <summary>The domain that all machines are in.</summary>
    public const string Domain = "corp.example";

    /// <summary>The domain's short name.</summary>
    public const string DomainShort = "CORP";

    /// <summary>The activity of its user, relative to others.</summary>
    public required double Diligence { get; init; }

    /// <summary>Never switched off at night.</summary>
    public required bool AlwaysOn { get; init; }

    public required IEventFormat Format { get; init; }

    /// <summary>Defender's id: 40 hexadecimal digits.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Elastic's id of the machine.</summary>
    public required Guid MachineId { get; init; }

    /// <summary>The first eight digits of Sysmon's process guids.</summary>
    public required string GuidPrefix { get; init; }

    /// <summary>By the words that scenes use: <c>system</c>, <c>user</c>, <c>elevated</c>, <c>service</c>, …</summary>
    public required IReadOnlyDictionary<string, Account> Accounts { get; init; }

    public string FullName => $"{Name}.{Domain}";

    public bool IsServer => Role >= HostRole.WebServer;
}
