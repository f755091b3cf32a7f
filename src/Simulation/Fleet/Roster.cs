using System.Globalization;
using Changeling.Simulation.Formats;
using Changeling.Simulation.Words;
using static Changeling.Simulation.Fleet.HostRole;

namespace Changeling.Simulation.Fleet;

/// <summary>Which machines the fleet has. A host depends on seed and index alone: a larger fleet begins with the smaller one.</summary>
internal static class Roster
{
    /// <summary>Twenty hosts; a larger fleet repeats them. The first seven contain every role that attacks need.</summary>
    private static readonly HostRole[] Pattern =
    [
        OfficeWorkstation, OfficeWorkstation, DeveloperWorkstation, WebServer, DatabaseServer, AdminWorkstation, DomainController,
        OfficeWorkstation, OfficeWorkstation, OfficeWorkstation, DeveloperWorkstation, FileServer, OfficeWorkstation, OfficeWorkstation,
        WebServer, OfficeWorkstation, DeveloperWorkstation, OfficeWorkstation, OfficeWorkstation, OfficeWorkstation,
    ];

    private static readonly Dictionary<HostRole, string> Prefixes = new()
    {
        [OfficeWorkstation] = "ws",
        [DeveloperWorkstation] = "dev",
        [AdminWorkstation] = "adm",
        [WebServer] = "web",
        [FileServer] = "file",
        [DatabaseServer] = "sql",
        [DomainController] = "dc",
    };

    public static IReadOnlyList<SimulatedHost> Of(SimulationOptions options) =>
        [.. Enumerable.Range(0, options.Hosts).Select(i => Host(i, options))];

    private static SimulatedHost Host(int index, SimulationOptions options)
    {
        var role = Pattern[index % Pattern.Length];
        var number = index.ToString(CultureInfo.InvariantCulture);
        var chance = Chance.For(options.Seed, "host", number);
        var person = $"{chance.Pick(People.FirstNames)}.{chance.Pick(People.LastNames)}";
        var name = $"{Prefixes[role]}-{(index * 7) + 103:0000}";
        return new SimulatedHost(index, name, role, person)
        {
            Diligence = chance.Between(0.75, 1.25),
            AlwaysOn = role >= WebServer || chance.Happens(0.3),
            DeviceId = chance.Hex(40),
            MachineId = chance.Guid(),
            GuidPrefix = chance.Hex(8),
            Accounts = HostAccounts.Of(role, name, person, index, chance),
            Format = EventFormats.For(options.Format, role),
        };
    }
}
