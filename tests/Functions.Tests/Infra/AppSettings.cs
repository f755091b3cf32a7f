using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Changeling.Functions.Tests.Infra;

/// <summary>
/// What the app asks of its settings: read from its options classes and from the metadata of its functions, so that a new one is tested
/// too.
/// </summary>
internal static partial class AppSettings
{
    private static readonly IReadOnlyList<JsonElement> Triggers =
    [
        .. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(App.TestedApp.Folder, "functions.metadata"))).RootElement
            .EnumerateArray()
            .SelectMany(function => function.GetProperty("bindings").EnumerateArray()),
    ];

    private static readonly (
        Type Type, string Section)[] Sections = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Changeling.*.dll")
        .SelectMany(file => Assembly.Load(AssemblyName.GetAssemblyName(file)).GetTypes())
        .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null)
        .Select(type => (type, (string)type.GetField("Section")!.GetRawConstantValue()!))];

    /// <summary>Settings that a trigger names between per cent signs, and the hub that the app sends to.</summary>
    public static IReadOnlyList<string> Named { get; } = [.. Triggers
        .SelectMany(
            trigger => trigger.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()!))
        .Select(value => Setting().Match(value))
        .Where(match => match.Success)
        .Select(match => match.Groups[1].Value)
        .Append("DetectionsHub")];

    /// <summary>Connections that a trigger names, and the host's own.</summary>
    public static IReadOnlyList<string> Connections { get; } = [.. Triggers
        .Where(trigger => trigger.TryGetProperty("connection", out _))
        .Select(trigger => trigger.GetProperty("connection").GetString()!)
        .Append("AzureWebJobsStorage")];

    /// <summary>All options, as <c>Section__Name</c>.</summary>
    public static IReadOnlyList<string> Options { get; } =
        [.. Sections.SelectMany(s => s.Type.GetProperties().Where(p => p.CanWrite).Select(p => $"{s.Section}__{p.Name}"))];

    /// <summary>What is wrong with settings, by the same rules as at the app's start; nothing, if all is well.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be converted.</exception>
    public static IReadOnlyList<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value)))
            .Build();
        var problems = new List<ValidationResult>();
        foreach (var (type, section) in Sections)
        {
            var options = Activator.CreateInstance(type)!;
            configuration.GetSection(section).Bind(options);
            Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        }

        return [.. problems.Select(p => p.ErrorMessage!)];
    }

    [GeneratedRegex("^%([A-Za-z]+)%$")]
    private static partial Regex Setting();
}
