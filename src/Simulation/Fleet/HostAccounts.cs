using Changeling.Events;

namespace Changeling.Simulation.Fleet;

/// <summary>Who is logged on at a host, by the words that scenes use.</summary>
internal static class HostAccounts
{
    private const string DomainSid = "S-1-5-21-3071558214-1190446027-2698310553";

    public static IReadOnlyDictionary<string, Account> Of(HostRole role, string host, string person, int index, Chance chance)
    {
        var administers = role is HostRole.DeveloperWorkstation or HostRole.AdminWorkstation;
        var name = role >= HostRole.WebServer ? "adm." + person : person;
        var user = new Account(
            name,
            SimulatedHost.DomainShort,
            $"{DomainSid}-{1100 + index}",
            IntegrityLevel.Medium,
            administers ? TokenElevation.Limited : TokenElevation.Default)
        {
            LogonId = chance.Between(0x30000L, 0x9ffffL),
            Session = 1,
        };
        var elevated = user with { Integrity = IntegrityLevel.High, Elevation = TokenElevation.Full, LogonId = user.LogonId - 0x2f };
        return new Dictionary<string, Account>
        {
            ["system"] = Account.System,
            ["local"] = Account.LocalService,
            ["network"] = Account.NetworkService,
            ["fonts"] = Account.FontDrivers,
            ["windows"] = Account.WindowManager,
            ["user"] = role >= HostRole.WebServer ? elevated : user,
            ["elevated"] = elevated,
            ["helpdesk"] = DomainAccount("adm.helpdesk", 1097, chance),
            ["service"] = ServiceAccount(role, host, chance),
        };
    }

    /// <summary>What the role's own service runs as.</summary>
    private static Account ServiceAccount(HostRole role, string host, Chance chance) => role switch
    {
        HostRole.WebServer => new(
            "DefaultAppPool", "IIS APPPOOL", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415",
            IntegrityLevel.High, TokenElevation.Default)
        {
            LogonId = chance.Between(0x30000L, 0x9ffffL),
            Session = 0,
        },
        HostRole.DatabaseServer => DomainAccount("svc.sql", 1071, chance),
        HostRole.FileServer => DomainAccount("svc.backup", 1072, chance),
        _ => Account.System with { Name = host.ToUpperInvariant() + "$", Domain = SimulatedHost.DomainShort },
    };

    private static Account DomainAccount(string name, int rid, Chance chance) =>
        new(name, SimulatedHost.DomainShort, $"{DomainSid}-{rid}", IntegrityLevel.High, TokenElevation.Default)
        {
            LogonId = chance.Between(0x30000L, 0x9ffffL),
            Session = 0,
        };
}
