using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Draws again what a made attack row only assumes: its parent and its rights. Published attack commands come without them; left as
/// they are, the model would learn that children of two shells are attacks.
/// </summary>
internal static class AssumedFields
{
    /// <summary>Programs that attacks are started from, in recordings and reports.</summary>
    private static readonly (string Name, string Folder)[] Parents =
    [
        ("explorer.exe", @"C:\Windows\"), ("explorer.exe", @"C:\Windows\"), ("winword.exe", @"C:\Program Files\Microsoft Office\root\Office16\"),
        ("winword.exe", @"C:\Program Files (x86)\Microsoft Office\Office16\"), ("powerpnt.exe", @"C:\Program Files\Microsoft Office\root\Office16\"),
        ("chrome.exe", @"C:\Program Files\Google\Chrome\Application\"), ("acrord32.exe", @"C:\Program Files (x86)\Adobe\Acrobat Reader DC\Reader\"),
        ("excel.exe", @"C:\Program Files\Microsoft Office\root\Office16\"), ("outlook.exe", @"C:\Program Files\Microsoft Office\root\Office16\"),
        ("wmiprvse.exe", @"C:\Windows\System32\wbem\"), ("services.exe", @"C:\Windows\System32\"), ("svchost.exe", @"C:\Windows\System32\"),
        ("mshta.exe", @"C:\Windows\System32\"), ("wscript.exe", @"C:\Windows\System32\"),
        ("rundll32.exe", @"C:\Windows\System32\"), ("regsvr32.exe", @"C:\Windows\System32\"), ("w3wp.exe", @"C:\Windows\System32\inetsrv\"),
        ("sqlservr.exe", @"C:\Program Files\Microsoft SQL Server\MSSQL15.MSSQLSERVER\MSSQL\Binn\"), ("python.exe", @"C:\Python27\"),
        ("wsmprovhost.exe", @"C:\Windows\System32\"), ("update.exe", @"C:\Users\user\AppData\Local\Temp\"), ("a.exe", @"C:\Users\Public\"),
        ("invoice.exe", @"C:\Users\user\Downloads\"), ("cmd.exe", @"C:\Windows\System32\"), ("powershell.exe", @"C:\Windows\System32\WindowsPowerShell\v1.0\"),
    ];

    public static ProcessEvent Redraw(ProcessEvent e, Random random)
    {
        var (name, folder) = Parents[random.Next(Parents.Length)];
        var level = random.NextDouble() switch { < 0.55 => IntegrityLevel.Medium, < 0.85 => IntegrityLevel.High, _ => IntegrityLevel.System };
        return e with
        {
            Parent = new() { Name = name, Path = folder + name },
            User = level == IntegrityLevel.System ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = e.Child with { Integrity = level },
        };
    }
}
