using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training.Tests;

public class ModelPackageTests
{
    private static readonly Changeling.Events.ProcessEvent Attack =
        Tiny.Row("winword.exe", "powershell.exe", "powershell -nop -w hidden -enc 77");

    [Fact]
    public void A_package_that_was_written_and_read_scores_the_same()
    {
        var model = new MlModel(ModelPackage.Read(Tiny.Package));
        var features = FeatureExtractor.Extract(Attack);

        var prediction = model.Predict(Attack);

        Assert.Equal(1 / (1 + Math.Exp(-Tiny.Model.Margin(features.Spans))), prediction.Probability, 1e-12);
        Assert.Equal(prediction.Probability >= 0.5, prediction.IsMalicious);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() => Assert.Equal(Tiny.Package, ModelPackage.Write(Tiny.Manifest, Tiny.Model));

    [Fact]
    public void The_identity_names_version_hash_schema_and_threshold()
    {
        var identity = new MlModel(ModelPackage.Read(Tiny.Package)).Identity;

        Assert.Equal(
            new ModelIdentity("1.0.0", Convert.ToHexStringLower(SHA256.HashData(Tiny.Package)), FeatureSchema.Version, 0.5), identity);
    }

    [Fact]
    public void Any_changed_byte_is_noticed_by_the_expected_hash()
    {
        var package = Tiny.Package.ToArray();
        package[^30] ^= 1;

        var e = Assert.Throws<InvalidDataException>(() => ModelPackage.Read(package, ModelPackage.Read(Tiny.Package).Sha256));

        Assert.Contains("was expected", e.Message);
    }

    [Theory]
    [InlineData("trees.bin", "trees")]
    [InlineData("linear.bin", "linear.bin does not have the hash")]
    public void A_changed_part_is_noticed_without_an_expected_hash(string part, string reason)
    {
        var package = Repack((name, bytes) =>
        {
            if (name == part) bytes[^1] ^= 1;
            return bytes;
        });

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => ModelPackage.Read(package)).Message);
    }

    [Theory]
    [InlineData("\"featureSchemaVersion\": 6", "\"featureSchemaVersion\": 99", "feature schema 99")]
    [InlineData("\"threshold\": 0.5", "\"threshold\": 7", "threshold")]
    [InlineData("{", "[", "package.json")]
    public void A_manifest_that_does_not_fit_is_refused_with_its_reason(string from, string to, string reason)
    {
        var package = Repack(
            (name, bytes) =>
                name == "package.json"
                    ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(from, to, StringComparison.Ordinal))
                    : bytes);

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => ModelPackage.Read(package)).Message);
    }

    [Theory]
    [InlineData("package.json")]
    [InlineData("trees.bin")]
    [InlineData("linear.bin")]
    public void A_part_that_is_not_there_is_named(string part)
    {
        var package = Repack((name, bytes) => name == part ? null : bytes);

        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => ModelPackage.Read(package)).Message);
    }

    [Fact]
    public void Bytes_that_are_no_zip_are_refused() =>
        Assert.Contains("zip", Assert.Throws<InvalidDataException>(() => ModelPackage.Read([1, 2, 3, 4, 5])).Message);

    [Fact]
    public void No_cut_off_package_is_read()
    {
        foreach (var length in Enumerable.Range(0, 20).Select(i => Tiny.Package.Length * i / 20))
        {
            Assert.Throws<InvalidDataException>(() => ModelPackage.Read(Tiny.Package[..length]));
        }
    }

    [Fact]
    public void Trees_that_point_in_a_circle_are_refused()
    {
        var looped = new TreeEnsemble { Roots = [0], Feature = [0], Threshold = [0], Left = [0], Right = [0], Value = [0] };

        Assert.Throws<InvalidDataException>(() => TreeEnsembleFile.FromBytes(TreeEnsembleFile.ToBytes(looped), 10));
    }

    [Fact]
    public void Trees_that_share_nodes_are_refused()
    {
        var shared = new TreeEnsemble
        {
            Roots = [0, 1],
            Feature = [0, -1, -1],
            Threshold = [0, 0, 0],
            Left = [1, -1, -1],
            Right = [2, -1, -1],
            Value = [0, 0, 0],
        };

        var e = Assert.Throws<InvalidDataException>(() => TreeEnsembleFile.FromBytes(TreeEnsembleFile.ToBytes(shared), 10));

        Assert.Contains("share nodes", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_tree_has_at_most_32_leaves(int leaves, bool isRead)
    {
        var inner = leaves - 1;
        var chain = new TreeEnsemble
        {
            Roots = [0],
            Feature = [.. Enumerable.Range(0, inner + leaves).Select(n => n % 2 == 0 && n < 2 * inner ? 0 : -1)],
            Threshold = [.. Enumerable.Range(0, inner + leaves).Select(n => (float)n)],
            Left = [.. Enumerable.Range(1, inner + leaves)],
            Right = [.. Enumerable.Range(2, inner + leaves)],
            Value = [.. Enumerable.Range(0, inner + leaves).Select(n => (double)n)],
        };
        var bytes = TreeEnsembleFile.ToBytes(chain);

        if (isRead)
            Assert.Equal([1, 31, 62], new[] { 0f, 29.5f, 1000f }.Select(x => TreeEnsembleFile.FromBytes(bytes, 1).Margin([x])));
        else
            Assert.Contains(
                "has 33 leaves; at most 32",
                Assert.Throws<InvalidDataException>(() => TreeEnsembleFile.FromBytes(bytes, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linear_part_of_another_size_or_with_a_value_that_is_no_number_is_refused()
    {
        var bytes = LinearModelFile.ToBytes(new LinearModel(0.5f, [1, 2, float.NaN]));

        Assert.Throws<InvalidDataException>(() => LinearModelFile.FromBytes(bytes, 4));
        Assert.Contains("not a number", Assert.Throws<InvalidDataException>(() => LinearModelFile.FromBytes(bytes, 3)).Message);
    }

    private static byte[] Repack(Func<string, byte[], byte[]?> change)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        using (var old = new ZipArchive(new MemoryStream(Tiny.Package)))
        {
            foreach (var entry in old.Entries)
            {
                using var content = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(content);
                if (change(entry.Name, content.ToArray()) is not { } bytes) continue;
                using var target = zip.CreateEntry(entry.Name).Open();
                target.Write(bytes);
            }
        }

        return output.ToArray();
    }
}
