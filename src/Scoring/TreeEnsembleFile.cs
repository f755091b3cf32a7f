using System.Text;

namespace Changeling.Scoring;

/// <summary>An ensemble as bytes: a magic word, counts, then one array after the other, little endian.</summary>
internal static class TreeEnsembleFile
{
    private const uint Magic = 0x31544C43;
    private const int MaxNodes = 10_000_000;

    public static byte[] ToBytes(TreeEnsemble ensemble)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(ensemble.Roots.Length);
            writer.Write(ensemble.Feature.Length);
            foreach (var root in ensemble.Roots) writer.Write(root);
            foreach (var feature in ensemble.Feature) writer.Write((short)feature);
            foreach (var threshold in ensemble.Threshold) writer.Write(threshold);
            foreach (var left in ensemble.Left) writer.Write(left);
            foreach (var right in ensemble.Right) writer.Write(right);
            foreach (var value in ensemble.Value) writer.Write(value);
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not an ensemble for this number of features.</exception>
    public static TreeEnsemble FromBytes(byte[] bytes, int features)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("The trees of the package have another format.");
            int roots = Count(reader), nodes = Count(reader);
            var ensemble = new TreeEnsemble
            {
                Roots = Read(roots, reader.ReadInt32),
                Feature = Read(nodes, () => (int)reader.ReadInt16()),
                Threshold = Read(nodes, reader.ReadSingle),
                Left = Read(nodes, reader.ReadInt32),
                Right = Read(nodes, reader.ReadInt32),
                Value = Read(nodes, reader.ReadDouble),
            };
            Check(ensemble, features);
            return ensemble;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The trees of the package end too early.", e);
        }
    }

    /// <summary>
    /// Checks that children are stored after their parent and belong to one tree, so that a walk cannot loop, leave the arrays or take
    /// long.
    /// </summary>
    private static void Check(TreeEnsemble e, int features)
    {
        var nodes = e.Feature.Length;
        var isSound = Array.TrueForAll(e.Roots, r => r >= 0 && r < nodes) && Enumerable.Range(0, nodes).All(n =>
            e.Feature[n] < 0 || (e.Feature[n] < features && e.Left[n] > n && e.Left[n] < nodes && e.Right[n] > n && e.Right[n] < nodes));
        if (!isSound) throw new InvalidDataException("The trees of the package point outside themselves.");
        if (!IsEachNodeInOneTree(e)) throw new InvalidDataException("The trees of the package share nodes.");
        if (!Array.TrueForAll(e.Value, double.IsFinite) || Array.Exists(e.Threshold, float.IsNaN))
            throw new InvalidDataException("The trees of the package contain a value that is not a number.");
        if (e.Leaves > LeafMasks.MaxLeaves)
            throw new InvalidDataException($"A tree of the package has {e.Leaves} leaves; at most {LeafMasks.MaxLeaves} are allowed.");
    }

    private static bool IsEachNodeInOneTree(TreeEnsemble e)
    {
        var isTaken = new bool[e.Feature.Length];
        return Array.TrueForAll(e.Roots, Take)
            && Enumerable.Range(0, isTaken.Length).All(n => e.Feature[n] < 0 || (Take(e.Left[n]) && Take(e.Right[n])));

        bool Take(int node) => !isTaken[node] && (isTaken[node] = true);
    }

    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= MaxNodes and var count
            ? count
            : throw new InvalidDataException("The trees of the package have an impossible size.");

    private static T[] Read<T>(int count, Func<T> next)
    {
        var array = new T[count];
        for (var i = 0; i < count; i++) array[i] = next();
        return array;
    }
}
