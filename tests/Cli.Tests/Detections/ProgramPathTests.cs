using Changeling.Cli.Detections;

namespace Changeling.Cli.Tests.Detections;

public sealed class ProgramPathTests
{
    [Theory]
    [InlineData("cmd.exe /c whoami", "cmd.exe /c whoami")]
    [InlineData(@"C:\Windows\cmd.exe /c C:\a\b.exe", @"cmd.exe /c C:\a\b.exe")]
    [InlineData(@"""C:\Program Files\a b\x.exe"" ""C:\y""", @"x.exe ""C:\y""")]
    [InlineData(@"""C:\Program Files\x.exe""", "x.exe")]
    [InlineData(@"""C:\Program Files\unclosed", "unclosed")]
    [InlineData(@"C:\Windows\", @"C:\Windows\")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"", "\"")]
    [InlineData("", "")]
    public void The_folder_of_the_program_is_left_out(string line, string shown) => Assert.Equal(shown, ProgramPath.WithoutFolder(line));

    [Theory]
    [InlineData(@"C:\Windows\System32\cmd.exe /c whoami", "cmd.exe /c whoami")]
    [InlineData(@"""c:\windows\system32\WindowsPowerShell\v1.0\powershell.exe"" -nop", "powershell.exe -nop")]
    [InlineData(@"C:\Windows\Temp\svchost.exe -k", @"C:\Windows\Temp\svchost.exe -k")]
    [InlineData(@"""C:\Users\Public\a b\cmd.exe""", @"""C:\Users\Public\a b\cmd.exe""")]
    [InlineData("cmd.exe", "cmd.exe")]
    [InlineData("", "")]
    public void A_folder_that_tells_something_stays(string line, string shown) =>
        Assert.Equal(shown, ProgramPath.WithoutOrdinaryFolder(line));

    [Theory]
    [InlineData(@"""C:\Program Files\Office\WINWORD.EXE"" /n", "winword.exe", true)]
    [InlineData("net group", "net.exe", true)]
    [InlineData("-k netsvcs", "svchost.exe", false)]
    [InlineData("", "cmd.exe", false)]
    public void A_command_line_that_begins_with_another_name_is_known(string line, string name, bool isNamed) =>
        Assert.Equal(isNamed, ProgramPath.Names(line, name));
}
