using System.Security.Cryptography;
using System.Text;
using Changeling.Events;
using Changeling.Simulation.Programs;

namespace Changeling.Simulation.Formats;

/// <summary>Simulated hashes: the same for one version of one program on every host.</summary>
internal static class Fingerprints
{
    public static FileHashes Of(ProgramFile file)
    {
        var digest = Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes($"{Name(file)}|{file.Version}")));
        return new FileHashes(
            Md5: digest[..32],
            Sha1: digest[32..72],
            Sha256: Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digest))),
            ImpHash: digest[96..]);
    }

    /// <summary>A file has the same hash under all its paths.</summary>
    private static string Name(ProgramFile file) => file.OriginalName ?? file.Path;
}
