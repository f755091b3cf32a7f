namespace Changeling.Hosting.Observing;

/// <summary>What distinguishes this instance from others: the platform's id if there is one, otherwise the machine's name.</summary>
internal static class InstanceName
{
    private const int Longest = 64;

    /// <summary>The name, at most 64 characters.</summary>
    public static string Of(IConfiguration configuration)
    {
        var name = Set(configuration["WEBSITE_INSTANCE_ID"]) ?? Set(configuration["CONTAINER_NAME"]) ?? Environment.MachineName;
        return name.Length > Longest ? name[..Longest] : name;
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
