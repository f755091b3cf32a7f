using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Changeling.TestSupport;

/// <summary>The shipped model package with another manifest: valid packages of any version, and ones that only look so.</summary>
public static class Packages
{
    private static readonly string Shipped = RepositoryRoot.Combine("models", "lotl.zip");

    /// <summary>The version that the shipped package carries.</summary>
    public static string ShippedVersion { get; } = Manifest(File.ReadAllBytes(Shipped))["version"]!.GetValue<string>();

    /// <summary>The model threshold that the shipped package carries.</summary>
    public static double ShippedThreshold { get; } = Manifest(File.ReadAllBytes(Shipped))["threshold"]!.GetValue<double>();

    /// <summary>The shipped model under another version.</summary>
    public static byte[] Of(string version) => With(manifest => manifest["version"] = version);

    /// <summary>A package that no build can score yet.</summary>
    public static byte[] OfSchema(string version, int schema) => With(manifest =>
    {
        manifest["version"] = version;
        manifest["featureSchemaVersion"] = schema;
    });

    /// <summary>The shipped package with a changed manifest.</summary>
    public static byte[] With(Action<JsonObject> change)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        using (var old = ZipFile.OpenRead(Shipped))
        {
            foreach (var entry in old.Entries)
            {
                using var source = entry.Open();
                using var written = zip.CreateEntry(entry.Name, CompressionLevel.Fastest).Open();
                if (entry.Name != "package.json")
                {
                    source.CopyTo(written);
                    continue;
                }

                var manifest = JsonNode.Parse(source)!.AsObject();
                change(manifest);
                written.Write(System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()));
            }
        }

        return target.ToArray();
    }

    private static JsonObject Manifest(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var source = zip.GetEntry("package.json")!.Open();
        return JsonNode.Parse(source)!.AsObject();
    }
}
