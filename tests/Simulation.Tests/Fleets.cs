using System.Security.Cryptography;

namespace Changeling.Simulation.Tests;

/// <summary>Simulations that several tests look at; each is run once.</summary>
internal static class Fleets
{
    public static SimulationOptions Attack { get; } = new() { Attacks = 14, Format = SimulationOptions.MixedFormats };

    private static readonly Lazy<IReadOnlyList<SimulatedEvent>> LazyDefault = new(() => FleetSimulator.Run(new SimulationOptions()));
    private static readonly Lazy<IReadOnlyList<SimulatedEvent>> LazyQuiet = new(
        () => FleetSimulator.Run(new SimulationOptions { Attacks = 0 }));
    private static readonly Lazy<IReadOnlyList<SimulatedEvent>> LazyAttacked = new(() => FleetSimulator.Run(Attack));

    /// <summary>40 hosts, 24 hours, one attack.</summary>
    public static IReadOnlyList<SimulatedEvent> Default => LazyDefault.Value;

    /// <summary>The same without an attack.</summary>
    public static IReadOnlyList<SimulatedEvent> Quiet => LazyQuiet.Value;

    /// <summary>Every kind of chain, twice, seen through all collectors.</summary>
    public static IReadOnlyList<SimulatedEvent> Attacked => LazyAttacked.Value;

    public static SimulationOptions Small { get; } = new() { Hosts = 7, Hours = 12, Attacks = 2 };

    /// <summary>A digest over all bytes that would be sent, and when.</summary>
    public static string Digest(SimulationOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in TelemetryWriter.Write(FleetSimulator.Run(options)))
        {
            hash.AppendData(BitConverter.GetBytes(message.EnqueuedTime.UtcTicks));
            hash.AppendData(message.Body.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
