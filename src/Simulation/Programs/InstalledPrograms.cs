using Changeling.Catalogues;

namespace Changeling.Simulation.Programs;

/// <summary>Programs that were installed, and those that come under changing names: <c>Files/installed.txt</c>.</summary>
internal static class InstalledPrograms
{
    public static IEnumerable<(string Key, ProgramFile File)> Rows =>
        WordFile.Read(typeof(InstalledPrograms), "Files/installed.txt").Groups.SelectMany(g => g.Items).Select(Row);

    private static (string Key, ProgramFile File) Row(WordLine line)
    {
        var fields = line.Fields(6, "key | path | original name | company | signer | version");
        return (fields[0], new(fields[1], OrNone(fields[2]), OrNone(fields[3]), OrNone(fields[4]), fields[5], IsConsole: false));
    }

    private static string? OrNone(string field) => field == "none" ? null : field;
}
