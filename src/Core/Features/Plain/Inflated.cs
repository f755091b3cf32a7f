using System.IO.Compression;

namespace Changeling.Features;

/// <summary>Decompresses a bounded number of bytes of gzip, zlib or bare deflate.</summary>
internal static class Inflated
{
    /// <summary>Maximum number of bytes that are given back; a small input can stand for gigabytes.</summary>
    private const int MaxBytes = 8192;

    /// <summary>The first bytes; empty if nothing can be decompressed.</summary>
    /// <param name="bytes">Compressed bytes, possibly cut.</param>
    /// <param name="isDeflate">Whether bytes without a header are taken for bare deflate.</param>
    public static byte[] Of(byte[] bytes, bool isDeflate) => bytes switch
    {
        [0x1f, 0x8b, 8, ..] => Read(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)),
        [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..] => Read(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress)),
        _ when isDeflate => Read(new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress)),
        _ => [],
    };

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            var result = new byte[MaxBytes];
            var length = 0;
            try
            {
                while (length < MaxBytes && stream.Read(result, length, MaxBytes - length) is > 0 and var read) length += read;
            }
            catch (InvalidDataException)
            {
                // What came before the fault is text all the same.
            }

            return result[..length];
        }
    }
}
