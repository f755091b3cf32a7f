using Changeling.Simulation.Running;

namespace Changeling.Simulation.Habits;

/// <summary>From System to the services, and from the logon screen to the desktop.</summary>
internal static class BootHabits
{
    private const string Csrss =
        @"%SystemRoot%\system32\csrss.exe ObjectDirectory=\Windows SharedSection=1024,20480,768 Windows=On SubSystemType=Windows " +
            @"ServerDll=basesrv,1 ServerDll=winsrv:UserServerDllInitialization,3 ServerDll=sxssrv,4 ProfileControl=Off " +
            @"MaxRequestThreads=16";

    public static readonly Habit[] All =
    [
        new("boot", Machine.FirstProcess, Rhythm.AtBoot, new Scene("smss.exe", @"\SystemRoot\System32\smss.exe")
        {
            As = "system",
            Then =
            [
                new("autochk.exe", @"\??\C:\Windows\system32\autochk.exe *"),
                new("smss.exe", @"\SystemRoot\System32\smss.exe 000000<hex:2> 00000084 ") { Then = [new("csrss.exe", Csrss), Wininit] },
                new("smss.exe", @"\SystemRoot\System32\smss.exe 000000<hex:2> 00000084 ") { Then = [new("csrss.exe", Csrss), Winlogon] },
            ],
        }),
    ];

    private static Scene Wininit => new("wininit.exe", "wininit.exe")
    {
        Then =
        [
            new("services.exe", @"C:\Windows\system32\services.exe") { Stays = "services", Then = [.. ServiceTable.Scenes] },
            new("lsass.exe", @"C:\Windows\system32\lsass.exe") { Stays = "lsass" },
            new("fontdrvhost.exe", "\"fontdrvhost.exe\"") { As = "fonts" },
        ],
    };

    private static Scene Winlogon => new("winlogon.exe", "winlogon.exe")
    {
        Stays = "winlogon",
        Then =
        [
            new("logonui.exe", "\"LogonUI.exe\" /flags:0x2 /state0:0xa3<hex:2>8055 /state1:0x41c64e6d"),
            new("dwm.exe", "\"dwm.exe\"") { As = "windows" },
            new("fontdrvhost.exe", "\"fontdrvhost.exe\"") { As = "fonts" },
        ],
    };
}
