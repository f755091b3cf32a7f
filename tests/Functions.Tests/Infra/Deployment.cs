using System.Text.Json.Nodes;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The resources that a deployment makes, with their expressions evaluated as far as that can be without Azure.</summary>
internal sealed class Deployment
{
    public const string Subscription = "00000000-0000-0000-0000-000000000001";

    private readonly IReadOnlyList<JsonObject> _resources;

    public Deployment(JsonObject snapshot)
    {
        Assert.Empty(snapshot["diagnostics"]!.AsArray());
        _resources = [.. snapshot["predictedResources"]!.AsArray().Select(r => r!.AsObject())];
    }

    /// <summary>The application settings of the function app.</summary>
    public IReadOnlyDictionary<string, string> Settings => Properties(One("Microsoft.Web/sites/config"))
        .ToDictionary(s => s.Key, s => s.Value!.GetValue<string>());

    /// <summary>All resources of a type.</summary>
    public IReadOnlyList<JsonObject> All(string type) => [.. _resources.Where(r => r["type"]!.GetValue<string>() == type)];

    /// <summary>The resource of a type.</summary>
    public JsonObject One(string type) => Assert.Single(All(type));

    /// <summary>Names of all resources of a type: the last part.</summary>
    public IReadOnlyList<string> Names(string type) =>
    [
        .. All(type).Select(r => r["name"]!.GetValue<string>().Split('/')[^1]).Order(StringComparer.Ordinal),
    ];

    public static JsonObject Properties(JsonObject resource) => resource["properties"]!.AsObject();

    /// <summary>A value by its path.</summary>
    public static JsonNode? At(JsonObject resource, string path)
    {
        JsonNode? node = resource;
        foreach (var name in path.Split('.')) node = node?[name];
        return node;
    }

    /// <summary>The id of what an extension resource (a role, a diagnostic setting) is about, from its provider's name on.</summary>
    public static string About(JsonObject extension)
    {
        var id = extension["id"]!.GetValue<string>();
        var target = id[..id.LastIndexOf("/providers/", StringComparison.Ordinal)];
        return target[(target.IndexOf("/resourceGroups/", StringComparison.Ordinal) + "/resourceGroups/".Length)..];
    }
}
