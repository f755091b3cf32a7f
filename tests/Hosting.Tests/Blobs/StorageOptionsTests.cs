using Changeling.Hosting.Settings;
using Changeling.Storage;

namespace Changeling.Hosting.Tests.Blobs;

public class StorageOptionsTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("AccountName=x;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:5000/x;TableEndpoint=http://localhost:5001/x;")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=YQ==;BlobEndpoint=http://azurite:10000/devstoreaccount1;TableEndpoint=http://azurite:10002/devstoreaccount1;")]
    public void The_emulators_connection_string_is_accepted(string connectionString) =>
        Assert.Empty(Validate(new StorageOptions { ConnectionString = connectionString }));

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=x;AccountKey=YQ==;EndpointSuffix=core.windows.net")]
    [InlineData("AccountName=x;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:5000/x;TableEndpoint=https://x.table.core.windows.net;")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=YQ==;BlobEndpoint=https://evil.example/devstoreaccount1;")]
    [InlineData("UseDevelopmentStorage=false")]
    [InlineData("gibberish")]
    public void A_real_accounts_connection_string_is_refused_because_it_holds_a_key(string connectionString) =>
        Assert.Contains(
            "a key in the settings is a secret",
            Assert.Single(Validate(new StorageOptions { ConnectionString = connectionString })),
            StringComparison.Ordinal);

    [Fact]
    public void Exactly_one_of_account_and_connection_string_is_set()
    {
        Assert.Single(Validate(new StorageOptions()));
        Assert.Single(Validate(new StorageOptions { AccountName = "account", ConnectionString = "UseDevelopmentStorage=true" }));
        Assert.Empty(Validate(new StorageOptions { AccountName = "account" }));
    }

    private static List<string> Validate(StorageOptions options) =>
        [.. new StorageOptionsValidator().Validate(null, options).Failures ?? []];
}
