using Changeling.Events;
using Changeling.TestSupport;
using Changeling.Training.Unseen;

namespace Changeling.Training.Tests.Unseen;

public class FormVariantsTests
{
    [Theory]
    [InlineData("http: to https:", "curl http://a/b HTTP://c", "curl https://a/b https://c")]
    [InlineData("data paths on drive D:", @"x C:\A\a c:\b", @"x D:\A\a D:\b")]
    [InlineData("data paths on drive D:", @"x C:\A C:\Windows\c ""C:\Program Files\d""", @"x D:\A C:\Windows\c ""C:\Program Files\d""")]
    [InlineData("command line in lower case", "Tool /Q A", "tool /q a")]
    [InlineData("command line in upper case", "Tool /Q a", "TOOL /Q A")]
    [InlineData("image: quoted full path", "tool /q", @"""C:\Apps\tool.exe"" /q")]
    [InlineData("image: quoted full path", @"C:\Apps\tool.exe /q", @"""C:\Apps\tool.exe"" /q")]
    [InlineData("image: bare file name", @"""C:\Apps\tool.exe"" /q", "tool.exe /q")]
    [InlineData("three blanks for one", @"tool /a ""b c""", @"tool   /a   ""b c""")]
    public void A_transform_changes_only_the_form(string transform, string before, string after) =>
        Assert.Equal(after, Assert.Single(FormVariants.Of(Launch(before)), v => v.Transform == transform).Variant.Child.CommandLine);

    [Theory]
    [InlineData("command line in lower case", "tool -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAA")]
    [InlineData("image: bare file name", "tool.exe /q")]
    [InlineData("http: to https:", "tool https://a")]
    [InlineData("data paths on drive D:", @"C:\Data\tool.exe /q")]
    public void What_would_change_the_content_or_nothing_is_left_out(string transform, string commandLine) =>
        Assert.DoesNotContain(FormVariants.Of(Launch(commandLine)), v => v.Transform == transform);

    [Fact]
    public void A_launch_without_a_command_line_has_no_variants() => Assert.Empty(FormVariants.Of(Launch(null)));

    private static ProcessEvent Launch(string? commandLine)
    {
        var e = Some.ProcessEvent("explorer.exe", "tool.exe", commandLine ?? "");
        return e with { Child = e.Child with { Path = @"C:\Apps\tool.exe", CommandLine = commandLine } };
    }
}
