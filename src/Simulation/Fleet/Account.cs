using Changeling.Events;

namespace Changeling.Simulation.Fleet;

/// <summary>An account as it is logged on at one host: who, and with which token.</summary>
internal sealed record Account(string Name, string Domain, string Sid, IntegrityLevel Integrity, TokenElevation Elevation)
{
    public required long LogonId { get; init; }

    public required int Session { get; init; }

    public string FullName => $@"{Domain}\{Name}";

    public static Account System { get; } = Service("SYSTEM", "S-1-5-18", 0x3e7);

    public static Account LocalService { get; } = Service("LOCAL SERVICE", "S-1-5-19", 0x3e5);

    public static Account NetworkService { get; } = Service("NETWORK SERVICE", "S-1-5-20", 0x3e4);

    public static Account FontDrivers { get; } = new(
        "UMFD-1", "Font Driver Host", "S-1-5-96-0-1", IntegrityLevel.Low, TokenElevation.Default)
    {
        LogonId = 0xb21d,
        Session = 1,
    };

    public static Account WindowManager { get; } = new(
        "DWM-1", "Window Manager", "S-1-5-90-0-1", IntegrityLevel.System, TokenElevation.Default)
    {
        LogonId = 0xc8f4,
        Session = 1,
    };

    private static Account Service(string name, string sid, long logonId) =>
        new(name, "NT AUTHORITY", sid, IntegrityLevel.System, TokenElevation.Default) { LogonId = logonId, Session = 0 };
}
