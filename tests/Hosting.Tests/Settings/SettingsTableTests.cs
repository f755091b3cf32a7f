using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Changeling.Hosting.Models;
using Changeling.Hosting.Settings;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.Settings;

/// <summary>The README's table of settings against the option classes.</summary>
public partial class SettingsTableTests
{
    private static readonly Type[] Sections = [.. typeof(PipelineOptions).Assembly.GetTypes().Append(typeof(StorageOptions))
        .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null)];

    [Fact]
    public void Every_setting_has_a_row_with_its_default_and_no_row_is_without_a_setting()
    {
        var settings = Sections.SelectMany(Settings).Order(StringComparer.Ordinal).ToList();

        var rows = Row().Matches(File.ReadAllText(RepositoryRoot.Combine("README.md")))
            .Select(row => $"{row.Groups["name"].Value} = {row.Groups["default"].Value.Trim()}")
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Contains(typeof(ModelOptions), Sections);
        Assert.Equal(settings, rows);
    }

    private static IEnumerable<string> Settings(Type section)
    {
        var defaults = Activator.CreateInstance(section)!;
        var name = (string)section.GetField("Section")!.GetRawConstantValue()!;
        return section.GetProperties().Where(p => p.CanWrite).Select(p => $"{name}:{p.Name} = {Text(p.Name, p.GetValue(defaults))}");
    }

    /// <summary>How the table writes a default: what a setting's text would be, or a dash for none.</summary>
    private static string Text(string name, object? value) => (name, value) switch
    {
        (_, null) => "–",
        (nameof(PipelineOptions.ConcurrentBatches), _) => "cores + 1",
        (_, TimeSpan span) => $"`{span}`",
        (_, Enum word) => $"`{word.ToString().ToLowerInvariant()}`",
        _ => $"`{TypeDescriptor.GetConverter(value!).ConvertToString(null, CultureInfo.InvariantCulture, value)}`",
    };

    [GeneratedRegex(@"^\| `(?<name>[A-Za-z]+:[A-Za-z]+)` \|(?<default>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
