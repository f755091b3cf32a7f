namespace Changeling.Cli;

/// <summary>Progress that is reported on the thread that makes it: the library's own posts it to other threads, out of order.</summary>
internal sealed class Synchronous<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
