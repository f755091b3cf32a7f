using System.Text.Json.Nodes;
using static Changeling.Functions.Tests.Infra.Deployment;

namespace Changeling.Functions.Tests.Infra;

/// <summary>What a deployment must never be: open, keyed or old-fashioned.</summary>
[Collection(nameof(Templates))]
public sealed class HardeningTests(Templates templates)
{
    private const string Private = "privateNetworking = true";

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("siem/data-explorer/data-explorer.bicep")]
    public async Task Compiler_and_linter_have_nothing_to_say(string file) => Assert.Empty(await templates.DiagnosticsAsync(file));

    [Theory]
    [InlineData("listKeys")]
    [InlineData("listConnectionStrings")]
    [InlineData("listAccountSas")]
    [InlineData("listServiceSas")]
    [InlineData("SharedAccessKey")]
    [InlineData("AccountKey=")]
    [InlineData("InstrumentationKey")]
    [InlineData("secureString")]
    [InlineData("secureObject")]
    [InlineData("password")]
    public async Task No_key_or_secret_is_read_taken_or_given(string word)
    {
        var template = (await templates.CompileAsync()).ToJsonString();
        var dataExplorer = await templates.CompileAsync("siem/data-explorer/data-explorer.bicep");

        Assert.DoesNotContain(word, template, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(word, dataExplorer["contents"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData]
    [InlineData(Private)]
    public async Task Storage_takes_tokens_only_over_TLS_and_shows_nothing_to_the_public(params string[] parameters)
    {
        var accounts = (await templates.ExpandAsync(parameters)).All("Microsoft.Storage/storageAccounts");

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account =>
        {
            Is(false, account, "properties.allowSharedKeyAccess");
            Is(false, account, "properties.allowBlobPublicAccess");
            Is(true, account, "properties.defaultToOAuthAuthentication");
            Is(true, account, "properties.supportsHttpsTrafficOnly");
            Is("TLS1_2", account, "properties.minimumTlsVersion");
        });
        Assert.All(
            (await templates.ExpandAsync(parameters)).All("Microsoft.Storage/storageAccounts/blobServices/containers"),
            c => Is("None", c, "properties.publicAccess"));
    }

    [Theory]
    [InlineData("Standard", true)]
    [InlineData("Premium", false, "eventHubsTier = 'Premium'")]
    public async Task The_namespace_takes_tokens_only_over_TLS_and_inflates_only_where_it_can(
        string tier, bool inflates, params string[] parameters)
    {
        var space = (await templates.ExpandAsync(parameters)).One("Microsoft.EventHub/namespaces");

        Is(true, space, "properties.disableLocalAuth");
        Is("1.2", space, "properties.minimumTlsVersion");
        Is(inflates, space, "properties.isAutoInflateEnabled");
        Is(tier, space, "sku.tier");
    }

    [Fact]
    public async Task The_site_is_reached_over_TLS_and_published_to_with_a_token()
    {
        var deployment = await templates.ExpandAsync();
        var site = deployment.One("Microsoft.Web/sites");

        Is(true, site, "properties.httpsOnly");
        Is("1.2", site, "properties.siteConfig.minTlsVersion");
        Is("1.2", site, "properties.siteConfig.scmMinTlsVersion");
        Assert.Equal(["ftp", "scm"], deployment.Names("Microsoft.Web/sites/basicPublishingCredentialsPolicies"));
        Assert.All(deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies"), p => Is(false, p, "properties.allow"));
    }

    [Fact]
    public async Task Telemetry_is_written_with_a_token()
    {
        var deployment = await templates.ExpandAsync();

        Is(true, deployment.One("Microsoft.Insights/components"), "properties.DisableLocalAuth");
        Is(true, deployment.One("Microsoft.OperationalInsights/workspaces"), "properties.features.disableLocalAuth");
        Assert.Contains(";Authorization=AAD", deployment.Settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_private_networking_nothing_is_reached_from_outside_and_everything_from_the_app()
    {
        var deployment = await templates.ExpandAsync(Private);
        var endpoints = deployment.All("Microsoft.Network/privateEndpoints")
            .Select(e => At(e, "properties.privateLinkServiceConnections")![0]!["properties"]!)
            .Select(p => $"{p["privateLinkServiceId"]!.GetValue<string>().Split('/')[^1][..6]} {p["groupIds"]![0]}")
            .Order(StringComparer.Ordinal);

        Assert.All(
            deployment.All("Microsoft.Storage/storageAccounts").Append(deployment.One("Microsoft.EventHub/namespaces")),
            r => Is("Disabled", r, "properties.publicNetworkAccess"));
        Assert.Equal(["evhns- namespace", "stdata blob", "stdata table", "sthost blob"], endpoints);
        Assert.Equal(4, deployment.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count);
        Assert.Equal(3, deployment.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.NotNull(At(deployment.One("Microsoft.Web/sites"), "properties.virtualNetworkSubnetId"));
        var subnets = At(deployment.One("Microsoft.Network/virtualNetworks"), "properties.subnets")!.AsArray()
            .Select(s => s!["properties"]!)
            .ToList();
        Assert.Equal(["10.74.0.0/26", "10.74.0.64/26"], subnets.Select(s => s["addressPrefix"]!.GetValue<string>()));
        Assert.Equal("Microsoft.App/environments", subnets[0]["delegations"]![0]!["properties"]!["serviceName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(0, Private)]
    [InlineData(0, SentinelTests.Workspace)]
    [InlineData(1, Private, SentinelTests.Workspace)]
    public async Task A_closed_namespace_lets_trusted_services_in_only_for_Sentinel(int expected, params string[] parameters)
    {
        var rules = (await templates.ExpandAsync(parameters)).All("Microsoft.EventHub/namespaces/networkRuleSets");

        Assert.Equal(expected, rules.Count);
        Assert.All(rules, r =>
        {
            Is("Deny", r, "properties.defaultAction");
            Is(true, r, "properties.trustedServiceAccessEnabled");
        });
    }

    [Fact]
    public async Task Without_private_networking_there_is_no_network()
    {
        var deployment = await templates.ExpandAsync();

        Assert.Empty(deployment.All("Microsoft.Network/virtualNetworks"));
        Assert.Empty(deployment.All("Microsoft.Network/privateEndpoints"));
        Assert.Null(At(deployment.One("Microsoft.Web/sites"), "properties.virtualNetworkSubnetId"));
    }

    private static void Is<T>(T expected, JsonObject resource, string path) => Assert.Equal(expected, At(resource, path)!.GetValue<T>());
}
