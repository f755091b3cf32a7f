namespace Changeling.HostStandIn.Workers;

/// <summary>A worker ended while the host waited for it.</summary>
internal sealed class WorkerEndedException(int exitCode, Exception inner) : Exception($"The worker ended with exit code {exitCode}.", inner)
{
    public int ExitCode { get; } = exitCode;
}
