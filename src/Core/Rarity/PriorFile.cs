using System.Text.Json;
using System.Text.Json.Serialization;

namespace Changeling.Rarity;

/// <summary>The prior as a file, <c>models/prior.json</c>. Of the recordings, it contains only counts of program names.</summary>
public static class PriorFile
{
    private const string Schema = "changeling.prior/2";

    /// <summary>Reads a prior.</summary>
    /// <exception cref="InvalidDataException">The file is not a prior of this version; the message describes the error.</exception>
    public static Prior Read(Stream json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, PriorJsonContext.Default.PriorDocument)
                ?? throw new InvalidDataException("prior: the file holds null");
            if (document.Schema != Schema)
                throw new InvalidDataException($"prior: schema is '{document.Schema}', this program reads '{Schema}'");
            var counts = new PriorCounts(
                document.Parents.ToDictionary(p => p.Key, p => (IReadOnlyDictionary<string, double>)p.Value, StringComparer.Ordinal),
                document.Classes.ToDictionary(c => c.Key, c => (IReadOnlyDictionary<string, double>)c.Value));
            return new Prior(document.Version, counts, document.Constants, new Calibration(document.Calibration.Points));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"prior: the file is not valid: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a prior from a file.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read(Stream)"/>.</exception>
    public static Prior Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    internal static void Write(Stream json, PriorDocument document) =>
        JsonSerializer.Serialize(json, document, PriorJsonContext.Default.PriorDocument);

    internal static PriorDocument Document(
        string version, PriorCounts counts, EstimatorConstants constants, PriorCalibration calibration) =>
        new(
            Schema,
            version,
            constants,
            calibration,
            new(counts.Classes.ToDictionary(c => c.Key, c => Sorted(c.Value))),
            new(counts.Parents.ToDictionary(p => p.Key, p => Sorted(p.Value)), StringComparer.Ordinal));

    private static SortedDictionary<string, double> Sorted(IReadOnlyDictionary<string, double> counts) =>
        new(counts.ToDictionary(c => c.Key, c => Math.Round(c.Value, 3)), StringComparer.Ordinal);
}

internal sealed record PriorDocument(
    string Schema,
    string Version,
    EstimatorConstants Constants,
    PriorCalibration Calibration,
    SortedDictionary<ParentClass, SortedDictionary<string, double>> Classes,
    SortedDictionary<string, SortedDictionary<string, double>> Parents);

/// <summary>A calibration table with the number of launches that it was measured on.</summary>
/// <param name="Launches">Launches measured.</param>
/// <param name="Points">The table.</param>
internal sealed record PriorCalibration(int Launches, IReadOnlyList<CalibrationPoint> Points);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PriorDocument))]
internal sealed partial class PriorJsonContext : JsonSerializerContext;
