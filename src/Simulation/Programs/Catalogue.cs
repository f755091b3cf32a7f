using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Simulation.Programs;

/// <summary>
/// All programs of the fleet. What no table names is a program of Windows in System32 whose original name is its own.
/// </summary>
internal static class Catalogue
{
    private const string WindowsVersion = "10.0.26100.1 (WinBuild.160101.0800)";

    private static readonly FrozenSet<string> Consoles = WordFile.Read(typeof(Catalogue), "Files/consoles.txt")["consoles"].ToSet();

    private static readonly FrozenDictionary<string, ProgramFile> Known =
        WindowsPrograms.Rows.Concat(InstalledPrograms.Rows)
            .ToFrozenDictionary(row => row.Key, row => row.File with { IsConsole = Consoles.Contains(row.Key) });

    public static ProgramFile Find(string key) => Known.TryGetValue(key, out var file) ? file : InSystem32(key);

    /// <summary>A program of Windows, by path and original name.</summary>
    public static ProgramFile OfWindows(string path, string? originalName) =>
        new(path, originalName, ProgramFile.MicrosoftCorporation, ProgramFile.MicrosoftWindows, WindowsVersion, IsConsole: false);

    private static ProgramFile InSystem32(string key) =>
        OfWindows(@"C:\Windows\System32\" + key, key) with { IsConsole = Consoles.Contains(key) };
}
