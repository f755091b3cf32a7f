using Changeling.Functions.Tests.App;
using Changeling.HubStandIn;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// The fleet through the real worker, from hub to hub, with nothing that goes wrong: what every disturbed run of the fleet must come to.
/// Made once for all tests of the process.
/// </summary>
/// <param name="App">Where its counts are kept.</param>
/// <param name="Baseline">Their name.</param>
/// <param name="Ids">The ids of its detections.</param>
/// <param name="Detections">What arrived on the detections hub.</param>
/// <param name="Rows">Its rows, as <see cref="TableRows"/> writes them.</param>
internal sealed record QuietRun(
    AppFixture App, string Baseline, SortedSet<string> Ids, IReadOnlyList<HubMessage> Detections, SortedDictionary<string, string> Rows)
{
    private static readonly Lock Gate = new();
    private static Task<QuietRun>? _run;

    /// <summary>The run; the first call makes it.</summary>
    /// <param name="app">Where its counts are kept, if this is the first call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<QuietRun> OfAsync(AppFixture app, CancellationToken cancellationToken)
    {
        lock (Gate) return (_run ??= RunAsync(app)).WaitAsync(cancellationToken);
    }

    private static async Task<QuietRun> RunAsync(AppFixture app)
    {
        var baseline = AzuriteFixture.UniqueName("quiet");
        await using var run = await app.StartAsync(baseline);
        await Fleet.SendAsync(run);
        await run.ListenToTheEndAsync();
        Assert.NotEmpty(run.Detections);
        Assert.Equal(run.Ids.Count, run.Detections.Count);
        return new QuietRun(
            app, baseline, run.Ids, run.Detections, await TableRows.ReadAsync(app.ConnectionString, baseline));
    }
}
