namespace Changeling.Events;

/// <summary>The account that a process runs as. Names and domains are compared without case.</summary>
/// <param name="Name">The account name without its domain, in the source's case.</param>
/// <param name="Domain">The domain or authority, in the source's case.</param>
/// <param name="Sid">The security identifier, <c>S-1-…</c>.</param>
public sealed record UserIdentity(string? Name, string? Domain = null, string? Sid = null);
