using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>
/// A trained model as one zip file: <c>package.json</c> (<see cref="ModelManifest"/>), and trees and linear model of both readings. The
/// same model always gives the same bytes.
/// </summary>
public sealed class ModelPackage
{
    /// <summary>Maximum size of a package.</summary>
    /// <value>5 MB.</value>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int MaxInflated = 64 * 1024 * 1024;
    private const string ManifestName = "package.json";
    private const string TreesName = "trees.bin";
    private const string LinearName = "linear.bin";
    private const string OfAct = "act-";
    private static readonly string[] PartNames = [TreesName, LinearName, OfAct + TreesName, OfAct + LinearName];
    private static readonly DateTimeOffset EntryTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    private ModelPackage(ModelManifest manifest, LaunchModel model, string sha256)
    {
        Manifest = manifest;
        Model = model;
        Sha256 = sha256;
    }

    /// <summary>The description of the model.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>SHA-256 of the package's bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    internal LaunchModel Model { get; }

    /// <summary>The bytes of a package.</summary>
    internal static byte[] Write(ModelManifest manifest, LaunchModel model)
    {
        byte[][] parts =
        [
            TreeEnsembleFile.ToBytes(model.Whole.Trees), LinearModelFile.ToBytes(model.Whole.Linear),
            TreeEnsembleFile.ToBytes(model.Act.Trees), LinearModelFile.ToBytes(model.Act.Linear),
        ];
        var complete = manifest with
        {
            Balance = model.Balance,
            Parts = new SortedDictionary<string, string>(
                PartNames.Zip(parts).ToDictionary(p => p.First, p => Hash(p.Second)), StringComparer.Ordinal),
        };
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, ManifestName, JsonSerializer.SerializeToUtf8Bytes(complete, Json));
            foreach (var (name, bytes) in PartNames.Zip(parts)) Add(zip, name, bytes);
        }

        return stream.ToArray();
    }

    /// <summary>Reads and checks a package file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expectedSha256">The expected hash, if it is known.</param>
    /// <exception cref="InvalidDataException">
    /// The package is corrupt, has another hash or another feature schema; the message names what is wrong.
    /// </exception>
    public static ModelPackage ReadFile(string path, string? expectedSha256 = null) => Read(File.ReadAllBytes(path), expectedSha256);

    /// <summary>Reads and checks a package's bytes.</summary>
    /// <param name="bytes">The whole package.</param>
    /// <param name="expectedSha256">The hash it must have, where one is known.</param>
    /// <exception cref="InvalidDataException">
    /// The package is corrupt, has another hash or another feature schema; the message names what is wrong.
    /// </exception>
    public static ModelPackage Read(byte[] bytes, string? expectedSha256 = null)
    {
        if (bytes.Length > MaxBytes)
            throw new InvalidDataException($"The model package has {bytes.Length} bytes; at most {MaxBytes} are read.");
        var sha256 = Hash(bytes);
        if (expectedSha256 is not null && !sha256.Equals(expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"The model package has the hash {sha256}; {expectedSha256} was expected.");
        }

        var (manifestBytes, parts) = Unzip(bytes);
        var manifest = Manifested(manifestBytes);
        foreach (var (name, part) in parts)
        {
            if (manifest.Parts.GetValueOrDefault(name) != Hash(part))
                throw new InvalidDataException($"The model package's {name} does not have the hash that its manifest names.");
        }

        return new(manifest, new(Pair(parts, ""), ActPair(parts), manifest.Balance), sha256);

        ModelPair Pair(Dictionary<string, byte[]> parts, string of) => new(
            TreeEnsembleFile.FromBytes(parts[of + TreesName], manifest.Features),
            LinearModelFile.FromBytes(parts[of + LinearName], SparseGrams.Buckets));

        ModelPair ActPair(Dictionary<string, byte[]> parts) =>
            Pair(parts, OfAct) is var pair && pair.Trees.Feature.All(f => f < 0 || FeatureSchema.OfAct[f])
                ? pair
                : throw new InvalidDataException("The model package's trees of the act read features of the context.");
    }

    private static (byte[] Manifest, Dictionary<string, byte[]> Parts) Unzip(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return (Inflate(zip, ManifestName), PartNames.ToDictionary(name => name, name => Inflate(zip, name)));
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith("The model package", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The model package is not a readable zip file: {e.Message}", e);
        }
    }

    private static byte[] Inflate(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(name) ?? throw new InvalidDataException($"The model package holds no {name}.");
        if (entry.Length > MaxInflated)
            throw new InvalidDataException($"The model package's {name} inflates to more than {MaxInflated} bytes.");
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"The model package's {name} ends too early.");
        return bytes;
    }

    private static ModelManifest Manifested(byte[] bytes)
    {
        ModelManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(bytes, Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The model package's {ManifestName} cannot be read: {e.Message}", e);
        }

        if (manifest is null) throw new InvalidDataException($"The model package's {ManifestName} is empty.");
        if (manifest.FeatureSchemaVersion != FeatureSchema.Version || manifest.Features != FeatureSchema.Length)
        {
            throw new InvalidDataException(
                $"The model package was trained with feature schema {manifest.FeatureSchemaVersion} ({manifest.Features} features); this program has schema {FeatureSchema.Version} ({FeatureSchema.Length}).");
        }

        return manifest.Threshold is >= 0 and <= 1 && manifest.Calibration.Slope > 0
            && manifest.Balance is { WholeShare: >= 0 and <= 1, MaxAcquittal: >= 0 }
            ? manifest
            : throw new InvalidDataException("The model package's threshold, calibration or balance is out of range.");
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
