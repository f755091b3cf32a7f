namespace Changeling.Events;

/// <summary>Hashes of an executable, lower-case hexadecimal; at least one is set.</summary>
/// <param name="Md5">32 digits.</param>
/// <param name="Sha1">40 digits.</param>
/// <param name="Sha256">64 digits.</param>
/// <param name="ImpHash">32 digits: the hash of the import table.</param>
public sealed record FileHashes(string? Md5 = null, string? Sha1 = null, string? Sha256 = null, string? ImpHash = null);
