using CsCheck;

namespace Changeling.Core.Tests.Features;

/// <summary>Command lines of pieces that the reading of a launch treats in a special way.</summary>
internal static class LaunchTexts
{
    private static readonly string[] Pieces =
    [
        "\"", "'", "^", "`", " ", "\t", "\r\n", "/", "\\", ":", ";", ",", "|", "&", "<", ">", "(", "{", "=", ".", "-", "\u2013", "é", "K",
        "\ud83d\ude00", "\ud800", "\u0130", "\u212a", "a", "Z", "0", "7", "c:\\", "D:/", "\"C:/a b/", "https://", "HTTP://host/", "ftp://",
        "progra~1", "\\progra~2\\x", "program files", "Program Files (x86)\\vendor\\", "\\users\\bob\\", "\\users\\public\\", "cmd.exe",
        "powershell", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", " -e ", " -EncodedCommand ", " -w 1 ", " -w hid ",
        " -nop ", " -c ", " -file ", " /c ", " start ", " call ", "net1", "net1.exe", "rundll32.exe", "7z.exe", "unknown12.exe", ".ps1",
        "report.pdf.exe", "0x1234ab", "deadbeef12", "10.1.2.3", "aGVsbG8gd29ybGQgYW5kIG1vcmU=", "68656c6c6f20776f726c6421212121",
        "104,101,108", "[char]105", "atob('aQBlAHgA')", "%70%6f%77", "%comspec%", "set a=b&", "lsass",
        "vssadmin delete shadows", "mimikatz", "comsvcs.dll",
        "-embedding", "# captcha", "rem x", "<# y #>",
    ];

    /// <summary>Any of them.</summary>
    public static Gen<string> Any { get; } =
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.String[Gen.Char[' ', '~'], 1, 8]).Array[0, 24]
            .Select(string.Concat);
}
