using System.IO.Compression;

namespace Changeling.RecordedFiles.Compression;

/// <summary>One file of a zip archive. The archive stays open while its files can be read.</summary>
/// <param name="archive">The archive's name.</param>
/// <param name="entry">The file in it.</param>
internal sealed class ZipEntryFile(string archive, ZipArchiveEntry entry) : RecordedFile($"{archive}/{entry.FullName}")
{
    private const int MaxEntries = 100_000;

    private static ReadOnlySpan<byte> Signature => "PK\x03\x04"u8;

    /// <inheritdoc/>
    public override string Origin => archive;

    /// <inheritdoc/>
    public override long Length => entry.Length;

    /// <summary>Whether content begins as a zip archive does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>The files of an archive in order of name, without folders and hidden files.</summary>
    /// <param name="name">The archive's name.</param>
    /// <param name="archive">The archive; it can seek.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has too many files.</exception>
    public static IReadOnlyList<RecordedFile> Of(string name, Stream archive)
    {
        try
        {
            var zip = new ZipArchive(archive, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
                throw new InvalidDataException($"it holds more than {MaxEntries:N0} files; extract it and pass the folder");
            if (zip.Entries.Sum(entry => (decimal)entry.Length) > Inflation.Most(archive.Length))
            {
                throw new InvalidDataException(
                    $"it decompresses to more than {Inflation.MaxRatio} times its size; extract it and pass the folder");
            }

            return
            [
                .. zip.Entries.Where(entry => entry.Name.Length > 0 && !entry.Name.StartsWith('.') && !IsOfMac(entry))
                    .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                    .Select(entry => new ZipEntryFile(name, entry)),
            ];
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name} cannot be read: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    /// <inheritdoc/>
    public override Stream Open()
    {
        if (entry.IsEncrypted) throw new InvalidDataException("it is encrypted in its zip archive; extract it and pass the file");
        return new EntryStream(entry.Open(), entry.Length, entry.Crc32);
    }

    private static bool IsOfMac(ZipArchiveEntry entry) => entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);
}
