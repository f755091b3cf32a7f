using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>What rundll32 and regsvr32 are asked to load: the file, its place, and whether Windows has a library of that name.</summary>
public class LoadedLibraryTests
{
    [Theory]
    [InlineData("rundll32.exe", "rundll32.exe lantern.dll,Start", "lantern")]
    [InlineData("rundll32.exe", "rundll32 lantern.dll Start", "lantern")]
    [InlineData("rundll32.exe", @"""C:\Windows\System32\rundll32.exe"" ""C:\Program Files\A b\lantern.dll"",Start C:\x.txt", "lantern")]
    [InlineData("rundll32.exe", @"rundll32.exe C:\ProgramData\a\lantern.dat,#1", "lantern.dat")]
    [InlineData("rundll32.exe", "rundll32 shell32,Control_RunDLL a.cpl", "shell32")]
    [InlineData("rundll32.exe", "rundll32 printui Entry", "printui")]
    [InlineData("rundll32.exe", "rundll32 -sta {00000000-0000-0000-0000-000000000000}", "{00000000-0000-0000-0000-000000000000}")]
    [InlineData("rundll32.exe", "rundll32.exe", "")]
    [InlineData("regsvr32.exe", @"regsvr32 /s /n /u /i:a ""C:\Users\mara\My files\lantern.ocx""", "lantern")]
    [InlineData("regsvr32.exe", @"regsvr32 -silent ..\lantern.wax", "lantern.wax")]
    [InlineData("cmd.exe", @"cmd /c rundll32 lantern.dll,Start", "lantern")]
    [InlineData("cmd.exe", @"cmd /c C:\Windows\System32\rundll32.exe D:\lantern.tmp,Start", "lantern.tmp")]
    [InlineData("copied.exe", @"copied.exe C:\Users\Public\lantern.dll,#2", "lantern")]
    [InlineData("copied.exe", @"copied.exe C:\Users\Public\lantern.dll", "")]
    [InlineData("notepad.exe", "notepad.exe rundll32.txt", "")]
    public void The_name_of_the_library_is_found(string child, string commandLine, string expected) =>
        Assert.Equal(expected, Loaded(child, commandLine).Stem);

    [Theory]
    [InlineData("rundll32 lantern.dll,Start", "loads.unknown_library", 1)]
    [InlineData("rundll32 shell32.dll,Control_RunDLL", "loads.unknown_library", 0)]
    [InlineData(@"rundll32 C:\Users\Public\shell32.dll,Control_RunDLL", "loads.unknown_library", 0)]
    [InlineData("rundll32 lantern.dll,Start", "loads.without_folder", 1)]
    [InlineData(@"rundll32 C:\Lantern\lantern.dll,Start", "loads.without_folder", 0)]
    [InlineData("rundll32 printui.dll,PrintUIEntry", "loads.without_folder", 0)]
    [InlineData("rundll32 lantern.ttf,Start", "loads.other_extension", 1)]
    [InlineData("rundll32 lantern,Start", "loads.other_extension", 0)]
    [InlineData("rundll32 lantern.cpl,Start", "loads.other_extension", 0)]
    [InlineData("rundll32 lantern.dll, #12", "loads.by_number", 1)]
    [InlineData("rundll32 shell32.dll,#44", "loads.by_number", 0)]
    [InlineData(@"rundll32 C:\ProgramData\x\lantern.dll,Start", "loads.from_user_folder", 1)]
    [InlineData(@"rundll32 C:\Windows\System32\lantern.dll,Start", "loads.from_user_folder", 0)]
    [InlineData(@"rundll32 C:\Xq\Rt\lantern.dll,Start", "loads.from_elsewhere", 1)]
    [InlineData(@"rundll32 \\192.0.2.7\a\lantern.dll,Start", "loads.from_elsewhere", 1)]
    [InlineData(@"rundll32 ""C:\Program Files\Lantern\lantern.dll"",Start", "loads.from_elsewhere", 0)]
    [InlineData(@"rundll32 C:\Windows\SysWOW64\Xq\lantern.dll,Start", "loads.from_windows", 1)]
    [InlineData("rundll32 lantern.dll,Start", "loads.from_windows", 0)]
    [InlineData("rundll32 xqrtplm.dll,Start", "loads.name_consonants", 7)]
    [InlineData("rundll32 ntlanui2.dll,Start", "loads.name_consonants", 0)]
    public void Only_a_library_that_is_not_of_Windows_counts(string commandLine, string feature, float expected) =>
        Assert.Equal(expected, Feature.Of(Some.ProcessEvent("explorer.exe", "rundll32.exe", commandLine), feature));

    [Theory]
    [InlineData(@"C:\Windows\System32\lantern.exe", 1)]
    [InlineData(@"C:\Windows\System32\dxdiag.exe", 0)]
    [InlineData(@"C:\Windows\System32\cmd.exe", 0)]
    [InlineData(@"C:\Tools\lantern.exe", 0)]
    public void A_program_that_nobody_knows_in_System32_was_brought_along(string path, float expected)
    {
        var e = Some.ProcessEvent("cmd.exe", path[(path.LastIndexOf('\\') + 1)..], path);
        e = e with { Child = e.Child with { Path = path } };

        Assert.Equal(expected, Feature.Of(e, "lineage.unknown_in_system32"));
    }

    private static LoadedLibrary Loaded(string child, string commandLine) =>
        Launch.Of(Some.ProcessEvent("explorer.exe", child, commandLine)).Loaded;
}
