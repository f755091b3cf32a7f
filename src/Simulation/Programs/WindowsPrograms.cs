using Changeling.Catalogues;

namespace Changeling.Simulation.Programs;

/// <summary>
/// Programs of Windows that lie elsewhere than in System32, or whose name is spelt another way: <c>Files/windows.txt</c>.
/// </summary>
internal static class WindowsPrograms
{
    public static IEnumerable<(string Key, ProgramFile File)> Rows
    {
        get
        {
            var file = WordFile.Read(typeof(WindowsPrograms), "Files/windows.txt");
            return file["spelt"].Items.Select(line => Row(line, folder: @"C:\Windows\System32\"))
                .Concat(file["elsewhere"].Items.Select(line => Row(line, folder: "")));
        }
    }

    private static (string Key, ProgramFile File) Row(WordLine line, string folder)
    {
        var fields = line.Fields(3, "key | path | original name");
        return (fields[0], Catalogue.OfWindows(folder + fields[1], fields[2]));
    }
}
