using Changeling.HostStandIn;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>What each way to die means (section 1.10 of the contract). The app of these tests is a line of shell.</summary>
public class DeathTests
{
    [Fact]
    public async Task Exit_code_0_is_taken_for_a_wish_and_the_app_is_not_started_again()
    {
        var failure = await FailAsync("exit 0");

        Assert.Contains("exit code 0", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_third_death_ends_the_run_with_the_apps_last_words()
    {
        var failure = await FailAsync("echo started >> starts; echo no good >&2; exit 3", folder =>
            Assert.Equal(3, File.ReadLines(Path.Combine(folder, "starts")).Count()));

        Assert.Contains("died 3 times within 30 minutes, last with exit code 3. It said last: no good", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_code_200_asks_for_a_restart_and_is_no_death()
    {
        // Four restarts by wish, then an end that the host does not mend.
        var failure = await FailAsync("echo started >> starts; [ $(wc -l < starts) -lt 5 ] && exit 200; exit 0", folder =>
            Assert.Equal(5, File.ReadLines(Path.Combine(folder, "starts")).Count()));

        Assert.Contains("exit code 0", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_never_listens_is_given_up_after_its_initialization_timeout()
    {
        var failure = await FailAsync("exec sleep 60");

        Assert.Contains("did not answer GET / within 1 s", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_app_is_a_sentence()
    {
        using var folder = new AppFolderCopy(_ => { });

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => FunctionsHost.StartAsync(new HostOptions { AppFolder = folder.Path }, Token));

        Assert.Contains("Build or publish src/Functions first", failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string> FailAsync(string script, Action<string>? look = null)
    {
        using var folder = new AppFolderCopy(_ => { }, host => host["customHandler"]!["initializationTimeout"] = "00:00:01", script);
        var failure = await Assert.ThrowsAsync<HostFailedException>(() => FunctionsHost.StartAsync(new HostOptions { AppFolder = folder.Path }, Token));
        look?.Invoke(folder.Path);
        return failure.Message;
    }
}
