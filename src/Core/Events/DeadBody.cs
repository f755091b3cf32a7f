using System.Security.Cryptography;

namespace Changeling.Events;

/// <summary>
/// The bytes of a dead letter: all of them up to <see cref="MaxBytes"/>, otherwise the first ones with length and digest of the whole.
/// </summary>
/// <param name="Bytes">The bytes that are kept.</param>
/// <param name="Length">How many there were, at least as many as are kept.</param>
/// <param name="Sha256">SHA-256 of all bytes, 64 lower-case hexadecimal digits; <see langword="null"/> when all are kept.</param>
public sealed record DeadBody(ReadOnlyMemory<byte> Bytes, long Length, string? Sha256)
{
    /// <summary>
    /// Maximum number of bytes that are kept, 64 KiB. The dead letters of one message could otherwise need very much storage.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>No bytes.</summary>
    public static DeadBody None { get; } = new(default, 0, null);

    /// <summary>
    /// Whether bytes are missing: then the record cannot be sent again from here, only from the hub while it keeps the message.
    /// </summary>
    public bool IsCut => Sha256 is not null;

    /// <summary>Keeps the bytes of a whole message without a copy, because the message stays in memory anyway.</summary>
    public static DeadBody OfMessage(ReadOnlyMemory<byte> body) => body.Length <= MaxBytes ? new(body, body.Length, null) : Of(body.Span);

    /// <summary>Keeps a copy of a part of a message, so that the rest of its text can be released.</summary>
    public static DeadBody Of(ReadOnlySpan<byte> part) => part.Length <= MaxBytes
        ? new(part.ToArray(), part.Length, null)
        : new(part[..MaxBytes].ToArray(), part.Length, Convert.ToHexStringLower(SHA256.HashData(part)));
}
