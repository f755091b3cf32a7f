using System.Text;
using Changeling.Counts;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>A launch without a believable parent is neither rated nor counted, but hosts and users know its child.</summary>
public class WithoutParentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("S-1-16-12288")]
    [InlineData("7.exe")]
    [InlineData("run.bat")]
    public async Task What_is_surely_malicious_and_new_on_its_host_is_found(string parent)
    {
        var bench = Bench();

        var first = await bench.ProcessAsync(Message(1, StartedBy(parent, "{1}")));
        var again = await bench.ProcessAsync(Message(2, StartedBy(parent, "{2}")));

        Assert.Single(first.Detections);
        Assert.Empty(again.Detections);
        Assert.Equal([ClusterKind.Host, ClusterKind.User], (await bench.SumsAsync()).Select(s => s.Key.Kind).Order());
        Assert.All(await bench.SumsAsync(), sum => Assert.Equal(2, sum.Launches));
    }

    [Theory]
    [InlineData(@"C:\Users\mara\7.exe", "7.exe")]
    [InlineData(@"D:\jobs\run.bat", "run.bat")]
    public async Task A_full_path_on_a_drive_is_a_parent(string path, string name)
    {
        var bench = Bench();

        await bench.ProcessAsync(Message(1, StartedBy(path, "{1}")));

        Assert.Single(await bench.LaunchesAsync(name));
        Assert.Equal([ClusterKind.Parent, ClusterKind.Host, ClusterKind.User], (await bench.SumsAsync()).Select(s => s.Key.Kind).Order());
    }

    private static byte[] StartedBy(string parent, string guid) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Record("parent", "odd.exe", "evil", guid: guid))
            .Replace(@"C:\\Windows\\parent", parent.Replace(@"\", @"\\"), StringComparison.Ordinal));

    private static PipelineBench Bench()
    {
        var bench = new PipelineBench();
        var rules = RuleSets.Changed(
            RuleSets.Only(),
            """{ "id": "suspicious-high-probability", "version": "1", "enabled": true, "condition": { "probabilityAbove": 0.9, "newOnHostOfAtMost": 15, "anyOf": null } }""");
        bench.Snapshot = bench.Snapshot with { Rules = rules };
        return bench;
    }
}
