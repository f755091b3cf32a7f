using BenchmarkDotNet.Attributes;
using Changeling.Events;
using Changeling.Simulation;

namespace Changeling.Benchmarks;

/// <summary>From bytes to events: 1,000 messages of one format.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly MessageReader _reader = new(new MessageLimits());
    private IReadOnlyList<SimulatedMessage> _messages = [];

    /// <summary>The collector's format.</summary>
    [Params(SourceFormats.Winlogbeat, SourceFormats.DefenderXdr, SourceFormats.Ecs, SourceFormats.WinEventXml)]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Simulate() => _messages = Fleet.Of(Format);

    [Benchmark]
    public int Read()
    {
        var records = 0;
        foreach (var message in _messages) records += _reader.Read(message.Body).Count;
        return records;
    }
}
