using System.Globalization;
using System.Text.Json;
using Changeling.Hosting.Models;
using Changeling.Storing;
using Changeling.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace Changeling.Hosting.Tests.Models;

public class FirstLoadTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invocation_waits_until_everything_is_loaded()
    {
        var waiting = WaitAsync();
        _time.Advance(FirstLoad.Patience - TimeSpan.FromSeconds(1));
        var waited = !waiting.IsCompleted;
        _model.SetResult();

        await waiting;

        Assert.True(waited);
    }

    [Fact]
    public async Task One_that_waits_in_vain_says_what_is_missing()
    {
        var waiting = WaitAsync();

        _time.Advance(FirstLoad.Patience);

        Assert.Contains(
            "The model could not be loaded",
            (await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_wait_ends_before_the_hosts_timeout()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("host.json")));
        var timeout = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);

        Assert.True(FirstLoad.Patience + TimeSpan.FromMinutes(1) < timeout);
    }

    private Task WaitAsync() => new FirstLoad(_time).WaitAsync([("rules", Task.CompletedTask), ("model", _model.Task)], Token);
}
