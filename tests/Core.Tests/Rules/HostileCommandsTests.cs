using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Rules;

/// <summary>The blocklist reads the commands of a line; a line made of separators and programs must not make that dear.</summary>
public class HostileCommandsTests
{
    private const int Length = 8_000;
    private const long MegaByte = 1024 * 1024;

    [Theory]
    [InlineData("cmd")]
    [InlineData("%comspec%")]
    [InlineData("\"C:\\Windows\\System32\\cmd.exe\" /q")]
    public void A_text_that_is_piped_into_a_shell_is_what_the_shell_runs(string shell) =>
        Assert.NotNull(
            Blocklist.Shipped.Find(
                Some.ProcessEvent(child: "cmd.exe", commandLine: $"cmd.exe /c echo vssadmin delete shadows /all | {shell}")));

    [Fact]
    public void A_text_that_is_piped_into_anything_else_is_only_text() =>
        Assert.Null(
            Blocklist.Shipped.Find(
                Some.ProcessEvent(child: "cmd.exe", commandLine: "cmd.exe /c echo vssadmin delete shadows /all | clip")));

    [Theory]
    [InlineData("")]
    [InlineData("", ";")]
    [InlineData("", "a&")]
    [InlineData("", "echo a|")]
    [InlineData("", "{a}")]
    [InlineData("", "start ")]
    [InlineData("", "(wbadmin(delete(")]
    [InlineData("echo ", "\"'")]
    [InlineData("start ", "vssadmin delete ")]
    [InlineData("start ", "reg save ")]
    [InlineData("start ", "rundll32 #24 ")]
    [InlineData("", "a=vssadmin ")]
    [InlineData("/v:on ", "set a=%a%b&")]
    public void Eight_thousand_characters_allocate_less_than_8_MiB(string start, string part = "dir & ")
    {
        var e = Some.ProcessEvent(
            child: "cmd.exe", commandLine: $"cmd.exe /c {start}{string.Concat(Enumerable.Repeat(part, Length / part.Length))}");
        Blocklist.Shipped.Find(e);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Blocklist.Shipped.Find(e);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * MegaByte);
    }
}
