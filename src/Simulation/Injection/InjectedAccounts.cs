using Changeling.Events;
using Changeling.Simulation.Fleet;

namespace Changeling.Simulation.Injection;

/// <summary>Who a recorded user is on a simulated host: service accounts stay, anybody else becomes the host's person.</summary>
internal static class InjectedAccounts
{
    private static readonly Account AppPool = new(
        "DefaultAppPool", "IIS APPPOOL", "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415",
        IntegrityLevel.High, TokenElevation.Default)
    {
        LogonId = 0x5a3d1,
        Session = 0,
    };

    public static Account Of(InjectedRow row, SimulatedHost host)
    {
        var user = row.User ?? "";
        var slash = user.IndexOf('\\');
        var (domain, name) = slash < 0
            ? ("", user.ToLowerInvariant())
            : (user[..slash].ToLowerInvariant(), user[(slash + 1)..].ToLowerInvariant());
        return (domain, name) switch
        {
            (_, "system") => Account.System,
            (_, "local service") => Account.LocalService,
            (_, "network service") => Account.NetworkService,
            ("font driver host", _) => Account.FontDrivers,
            ("window manager", _) => Account.WindowManager,
            ("iis apppool", _) => AppPool,
            _ when name.EndsWith('$') => Account.System,
            _ => host.Accounts[row.Integrity is null or < IntegrityLevel.High ? "user" : "elevated"],
        };
    }
}
