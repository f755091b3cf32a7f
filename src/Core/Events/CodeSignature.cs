namespace Changeling.Events;

/// <summary>A file's signature, as the source reports it.</summary>
/// <param name="Status">The result of the check.</param>
/// <param name="Signer">The subject of the certificate, where given.</param>
public sealed record CodeSignature(SignatureStatus Status, string? Signer = null);

/// <summary>The outcome of a signature check at the endpoint.</summary>
public enum SignatureStatus
{
    /// <summary>Signed, but the check gave no result.</summary>
    Unknown,

    /// <summary>Signed and trusted.</summary>
    Valid,

    /// <summary>Signed, but broken, expired or not trusted.</summary>
    Invalid,

    /// <summary>Not signed.</summary>
    Unsigned,
}
