using System.IO.Compression;
using System.Text;
using Changeling.TestSupport;

namespace Changeling.Simulation.Tests;

/// <summary>The sample that ships is what the simulator makes today, so its README is correct.</summary>
public class SamplesTests
{
    [Fact]
    public void The_sample_fleet_is_made_again_byte_for_byte()
    {
        var events = FleetSimulator.Run(
            new SimulationOptions { Hosts = 5, Hours = 12, Seed = 3, Attacks = 1, Format = SimulationOptions.MixedFormats });
        using var made = new MemoryStream();
        foreach (var message in TelemetryWriter.Write(events))
        {
            made.Write(message.Body.Span);
            made.WriteByte((byte)'\n');
        }

        Assert.Equal(Encoding.UTF8.GetString(Shipped("small-fleet.jsonl.gz")), Encoding.UTF8.GetString(made.ToArray()));
        Assert.Equal(File.ReadAllLines(RepositoryRoot.Combine("samples", "small-fleet.truth.jsonl")), GroundTruth.Lines(events));
    }

    private static byte[] Shipped(string name)
    {
        using var file = new GZipStream(File.OpenRead(RepositoryRoot.Combine("samples", name)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        file.CopyTo(plain);
        return plain.ToArray();
    }
}
