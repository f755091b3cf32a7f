namespace Changeling.Scoring;

/// <summary>A linear model as bytes: a magic word, the number of weights, the bias, the weights, little endian.</summary>
internal static class LinearModelFile
{
    private const uint Magic = 0x314E4C43;

    public static byte[] ToBytes(LinearModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(model.Weights.Length);
        writer.Write(model.Bias);
        foreach (var weight in model.Weights) writer.Write(weight);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not a linear model with this number of weights.</exception>
    public static LinearModel FromBytes(byte[] bytes, int buckets)
    {
        const int head = 12;
        if (bytes.Length != head + (4 * buckets)) throw new InvalidDataException("The linear part of the package has another size.");
        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != buckets)
            throw new InvalidDataException("The linear part of the package has another format.");
        var model = new LinearModel(reader.ReadSingle(), new float[buckets]);
        for (var i = 0; i < buckets; i++) model.Weights[i] = reader.ReadSingle();
        if (!float.IsFinite(model.Bias) || !Array.TrueForAll(model.Weights, float.IsFinite))
            throw new InvalidDataException("The linear part of the package contains a value that is not a number.");
        return model;
    }
}
