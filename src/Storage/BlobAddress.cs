namespace Changeling.Storage;

/// <summary>An address in Blob storage: the account, a container, and the beginning of the blobs' names.</summary>
/// <param name="Account">The account in Azure; <see langword="null"/> for the local emulator.</param>
/// <param name="Service">The address of the account's blobs.</param>
/// <param name="Container">The container.</param>
/// <param name="Prefix">The beginning of the names; may be empty.</param>
public sealed record BlobAddress(string? Account, Uri Service, string Container, string Prefix)
{
    private const string Azure = ".blob.core.windows.net";

    /// <summary>
    /// Reads <c>https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX</c>, or the same on an emulator of this machine, which names the
    /// account in the path. <see langword="null"/> for anything else, and for an address with a signature.
    /// </summary>
    public static BlobAddress? Of(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.UserInfo.Length > 0) return null;
        var parts = uri.AbsolutePath.TrimStart('/').Split('/', uri.IsLoopback ? 3 : 2).Select(Uri.UnescapeDataString).ToArray();
        if (uri.IsLoopback)
        {
            return parts is [var account, var container, ..] && container.Length > 0
                ? new(null, new Uri($"{uri.GetLeftPart(UriPartial.Authority)}/{account}"), container, parts is [_, _, var rest] ? rest : "")
                : null;
        }

        var isAzure = uri.Scheme == Uri.UriSchemeHttps && uri.Host.EndsWith(Azure, StringComparison.OrdinalIgnoreCase);
        if (!isAzure || parts[0].Length == 0) return null;
        var service = new Uri(uri.GetLeftPart(UriPartial.Authority));
        return new(uri.Host[..^Azure.Length], service, parts[0], parts is [_, var prefix] ? prefix : "");
    }
}
