using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Changeling.Benchmarks;

/// <summary>Runs the benchmarks that are named on the command line, or asks which.</summary>
internal static class Program
{
    /// <summary>
    /// In this process: for another one the library would generate a project, which would find this repository's package versions and lock
    /// files, and not build.
    /// </summary>
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
        args, DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault()));
}
