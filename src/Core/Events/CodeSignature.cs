namespace Changeling.Events;

/// <summary>What the source says of a file's signature.</summary>
/// <param name="Status">Whether the signature was there and believed.</param>
/// <param name="Signer">The subject of the certificate, where given.</param>
public sealed record CodeSignature(SignatureStatus Status, string? Signer = null);

/// <summary>The outcome of a signature check at the endpoint.</summary>
public enum SignatureStatus
{
    /// <summary>Signed, and not decidable.</summary>
    Unknown,

    /// <summary>Signed and trusted.</summary>
    Valid,

    /// <summary>Signed, but broken, expired or not trusted.</summary>
    Invalid,

    /// <summary>Not signed.</summary>
    Unsigned,
}
