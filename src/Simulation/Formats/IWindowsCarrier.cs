using System.Text.Json;

namespace Changeling.Simulation.Formats;

/// <summary>How one collector sends the events of Windows' logs.</summary>
internal interface IWindowsCarrier
{
    /// <summary>The format id that its records are read as.</summary>
    string Format { get; }

    /// <summary>Maximum number of records in one message.</summary>
    int RecordsPerMessage => 1;

    /// <summary>The text of an event's time in a record.</summary>
    string Time(DateTimeOffset time);

    /// <summary>What is left of a time in that text.</summary>
    DateTimeOffset Kept(DateTimeOffset time) => time;

    /// <summary>Writes the records of one message.</summary>
    void Write(Utf8JsonWriter json, IReadOnlyList<WindowsRecord> records)
    {
        foreach (var record in records) Write(json, record);
    }

    /// <summary>Writes one record.</summary>
    void Write(Utf8JsonWriter json, WindowsRecord record);
}
