using Changeling.Simulation.Fleet;

namespace Changeling.Simulation.Habits;

/// <summary>
/// Which habits a role has. The order matters only in that a program which stays is started before those that need it.
/// </summary>
internal static class HabitBook
{
    private static readonly Habit[] Workstation =
    [
        .. BootHabits.All, .. LogonHabits.Desktop, .. LogonHabits.Workstation, .. BackgroundHabits.All, .. BackgroundHabits.Desktop,
        .. UpdateHabits.All, .. ManagementHabits.Everywhere, .. ManagementHabits.Workstation,
        .. BrowserHabits.All, .. OfficeHabits.All, .. RareHabits.Workstation,
    ];

    private static readonly Habit[] Server =
    [
        .. BootHabits.All, .. LogonHabits.Desktop, .. BackgroundHabits.All, .. ManagementHabits.Everywhere, .. ManagementHabits.Server,
        .. ServerHabits.Desk, .. RareHabits.Server,
    ];

    private static readonly Dictionary<HostRole, Habit[]> ByRole = new()
    {
        [HostRole.OfficeWorkstation] = Workstation,
        [HostRole.DeveloperWorkstation] = [.. Workstation, .. DeveloperHabits.All],
        [HostRole.AdminWorkstation] = [.. Workstation, .. AdminHabits.All, .. RareHabits.Admin],
        [HostRole.WebServer] = [.. Server, .. ServerHabits.Web],
        [HostRole.FileServer] = [.. Server, .. ServerHabits.File],
        [HostRole.DatabaseServer] = [.. Server, .. ServerHabits.Database],
        [HostRole.DomainController] = [.. Server, .. ServerHabits.Domain],
    };

    public static IReadOnlyList<Habit> Of(HostRole role) => ByRole[role];
}
