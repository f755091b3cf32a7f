using Changeling.Hosting.Invocations;
using Changeling.Hosting.Observing;
using Changeling.Storing;

namespace Changeling.Hosting.Tests.Invocations;

/// <summary>The host logs the errors that it receives, so they must not contain event content.</summary>
public sealed class InvocationFailuresTests : IDisposable
{
    private readonly ComposedApp _app = ComposedApp.With((_, _, _) => Task.FromResult(Outcomes.With()));

    [Fact]
    public void A_store_that_is_away_fails_with_its_own_sentence() =>
        AssertNoted("Table lineage does not answer.", "unavailable", new StoreUnavailableException("Table lineage does not answer."));

    [Fact]
    public void Damaged_metadata_fails_with_its_own_sentence() =>
        AssertNoted(
            "The host's trigger metadata has no PartitionId.",
            "bad_request",
            new InvocationFailedException("The host's trigger metadata has no PartitionId."));

    [Fact]
    public void A_fault_of_ours_says_its_type_and_quotes_no_event() =>
        AssertNoted("ScoreTelemetry failed with FormatException.", "failed", new FormatException("secret of an event"));

    [Fact]
    public async Task A_cancelled_invocation_says_who_cancelled_it()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var noted = _app.Get<InvocationFailures>().Note("ScoreTelemetry", new OperationCanceledException("secret"), stop.Token);

        Assert.Equal("ScoreTelemetry was cancelled by the host.", noted.Message);
    }

    public void Dispose() => _app.Dispose();

    private void AssertNoted(string sentence, string outcome, Exception exception)
    {
        var noted = _app.Get<InvocationFailures>().Note("ScoreTelemetry", exception, CancellationToken.None);

        Assert.Equal(sentence, noted.Message);
        Assert.Null(noted.InnerException);
        Assert.Equal(
            (outcome, sentence), (_app.Get<InstanceHealth>().LastFailure!.Outcome, _app.Get<InstanceHealth>().LastFailure!.Sentence));
    }
}
