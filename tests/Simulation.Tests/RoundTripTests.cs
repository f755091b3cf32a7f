using Changeling.Events;

namespace Changeling.Simulation.Tests;

/// <summary>What the simulated collectors write, the real readers read: the same event, field by field.</summary>
public class RoundTripTests
{
    public static TheoryData<string> Formats => [.. SimulationOptions.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_simulated_record_is_read_as_the_event_that_it_was_written_from(string format)
    {
        var reader = new MessageReader(new MessageLimits());
        var options = new SimulationOptions { Hosts = 12, Hours = 12, Attacks = 2, Format = format };

        foreach (var message in TelemetryWriter.Write(FleetSimulator.Run(options)))
        {
            var read = reader.Read(message.Body);

            Assert.Equal(message.Events.Count, read.Count);
            foreach (var (expected, outcome) in message.Events.Zip(read))
            {
                var e = Assert.IsType<RecordOutcome.Read>(outcome).Event;
                Assert.Equal(expected.Event, e);
            }
        }
    }
}
