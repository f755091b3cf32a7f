using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.Models;

/// <summary>Which storage account a command works on: an account in Azure with the user's own identity, or the local emulator.</summary>
internal sealed class StorageAccount(CliConsole console)
{
    private const string AccountSetting = "Storage__AccountName";
    private const string ConnectionSetting = "Storage__ConnectionString";

    /// <summary>Shorter timeouts than in the app, because a person is waiting.</summary>
    private const int MaxRetries = 2;

    private readonly Option<string?> _account = new("--account")
    {
        Description =
            $"Storage account in Azure, opened with your own identity (az login). Default: environment variable {AccountSetting}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _connection = new("--connection-string")
    {
        Description =
            $"Connection string of the local emulator, for example UseDevelopmentStorage=true. Default: environment variable {ConnectionSetting}.",
        HelpName = "TEXT",
    };

    /// <summary>The console of the command that it is opened for.</summary>
    public CliConsole Console => console;

    public void AddTo(Command command)
    {
        command.Add(_account);
        command.Add(_connection);
    }

    /// <summary>Opens the packages. On the emulator their container is created if it does not exist.</summary>
    /// <exception cref="CliException">No account is named, or two are, or it cannot be one.</exception>
    public async Task<ModelStore> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var account = Options(parsed.GetValue(_account), parsed.GetValue(_connection));
        var service = new StorageClients(account).Blobs(
            new BlobClientOptions { Retry = { MaxRetries = MaxRetries, Mode = RetryMode.Fixed } });
        if (account.IsEmulator) await RequireContainerAsync(service, cancellationToken);
        return new ModelStore(new ModelBlobs(service));
    }

    /// <summary>The account of a command that reads or changes counts, and its name for people and files.</summary>
    /// <exception cref="CliException">No account is named, or two are, or it cannot be one.</exception>
    public async Task<(StorageClients Clients, string Name)> ConnectAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var account = Options(parsed.GetValue(_account), parsed.GetValue(_connection));
        var clients = new StorageClients(account);
        if (account.IsEmulator)
        {
            await RequireContainerAsync(
                clients.Blobs(new BlobClientOptions { Retry = { MaxRetries = MaxRetries, Mode = RetryMode.Fixed } }), cancellationToken);
            await clients.CreateOnEmulatorAsync(cancellationToken);
        }

        return (clients, account.AccountName is { Length: > 0 } name ? name : "emulator");
    }

    private static async Task RequireContainerAsync(BlobServiceClient service, CancellationToken cancellationToken)
    {
        try
        {
            await service.GetBlobContainerClient(ModelBlobs.Container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw new CliException("the storage emulator does not answer; start Azurite, or name an account in Azure with --account.");
        }
    }

    private StorageOptions Options(string? account, string? connection)
    {
        if (account is not null && connection is not null)
            throw new CliException("--account and --connection-string name two accounts; leave out one of them.");
        if (account is null && connection is null)
            (account, connection) = (console.Setting(AccountSetting), console.Setting(ConnectionSetting));
        var options = new StorageOptions { AccountName = account, ConnectionString = connection };
        if (string.IsNullOrEmpty(account) && string.IsNullOrEmpty(connection))
            throw new CliException(
                "the storage account is missing; pass --account NAME, or --connection-string UseDevelopmentStorage=true for the local emulator.");

        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            throw new CliException($"the storage account cannot be used: {problems[0].ErrorMessage!.TrimEnd('.')}.");
        return !options.IsEmulator || IsReadable(options)
            ? options
            : throw new CliException(
                "the connection string cannot be read: an endpoint is missing or the key is damaged; pass UseDevelopmentStorage=true to --connection-string for the local emulator.");
    }

    private static bool IsReadable(StorageOptions options)
    {
        try
        {
            return new StorageClients(options).Blobs() is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The message for a person whose request was denied. The store's own message is about the app's identity.</summary>
    public static CliException? Refusal(StoreUnavailableException exception) => exception.InnerException switch
    {
        AuthenticationFailedException => new CliException("Azure returned no token for the storage account; sign in with 'az login'."),
        Azure.RequestFailedException { Status: 401 or 403 } =>
            new CliException(
                "the storage account denies access; you need the roles Storage Blob Data Contributor and, for counts, Storage Table Data Contributor on it."),
        _ => null,
    };
}
