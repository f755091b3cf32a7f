using Microsoft.Extensions.Hosting;

namespace Changeling.OddWorker;

/// <summary>Does not let the worker end.</summary>
internal sealed class Unstoppable : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, CancellationToken.None);
}
