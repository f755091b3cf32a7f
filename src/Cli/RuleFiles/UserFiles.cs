using Changeling.Cli.Exceptions;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Cli.RuleFiles;

/// <summary>
/// The files that a team keeps in the containers <c>rules</c> and <c>exceptions</c>, read from this machine: single files, or folders.
/// </summary>
internal static class UserFiles
{
    private const string Pattern = "*.json";

    /// <summary>The files that some names stand for.</summary>
    /// <exception cref="CliException">A file does not exist, or a folder has none.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> names) => [.. names.SelectMany(Expanded)];

    /// <summary>The shipped rules with the changes of some files.</summary>
    /// <exception cref="CliException">A file cannot be read, is not valid, or has the id of another.</exception>
    public static RuleSet Rules(IReadOnlyList<string> files)
    {
        var changes = Changes(files);
        return Checked(() => RuleSet.Shipped.With(changes.Select(c => c.Change)));
    }

    /// <summary>Checks that the apps would take some files together.</summary>
    /// <exception cref="CliException">Too many rules would be enabled.</exception>
    public static void Require(IEnumerable<StoredRule> files) => Checked(() => RuleSet.Shipped.With(files.Select(f => f.Change)));

    /// <summary>What some files of rules hold.</summary>
    /// <exception cref="CliException">A file cannot be read, is not valid, or has the id of another.</exception>
    public static IReadOnlyList<StoredRule> Changes(IReadOnlyList<string> files)
    {
        var changes = files.Select(file => Change(file, Read(file, (_, content) => content))).ToList();
        return changes.CountBy(c => c.Change.Id).FirstOrDefault(c => c.Value > 1) is { Value: > 1, Key: var twice }
            ? throw new CliException(
                $"{string.Join(" and ", changes.Where(c => c.Change.Id == twice).Select(c => c.Name))} have the same id '{twice}'; pass one of them.")
            : changes;
    }

    /// <summary>What the content of a file of rules holds.</summary>
    /// <exception cref="CliException">It is not valid.</exception>
    public static StoredRule Change(string name, byte[] content) =>
        new(name, Checked(() => RuleFile.Read(name, content, RuleSet.Shipped)), content);

    /// <summary>The exceptions of some files, with the host groups of a file <c>groups.json</c> among them.</summary>
    /// <param name="files">The files.</param>
    /// <param name="rules">The rules that they may name.</param>
    /// <exception cref="CliException">
    /// A file cannot be read, is not valid, has the id of another, or names a rule or host group that is not defined.
    /// </exception>
    public static ExceptionList Exceptions(IReadOnlyList<string> files, RuleSet rules)
    {
        var isGroups = files.ToLookup(file => Path.GetFileName(file) == HostGroups.FileName);
        if (isGroups[true].Count() > 1)
            throw new CliException($"{string.Join(" and ", isGroups[true])} are both files of host groups; pass one of them.");
        var groups = isGroups[true].FirstOrDefault() is { } named ? Read(named, (_, json) => HostGroups.Read(json)) : HostGroups.None;
        var items = isGroups[false].Select(file => (File: file, Item: Read(file, (name, json) => ExceptionFile.Read(name, json)))).ToList();
        foreach (var (file, item) in items)
        {
            if (items.Find(i => i.Item.Id == item.Id).File is var first && first != file)
                throw new CliException($"{first} and {file} have the same id '{item.Id}'; pass one of them.");
            if (item.Rules?.FirstOrDefault(rule => !rules.IsExceptable(rule)) is { } unknown)
                throw new CliException($"{file} names rule '{unknown}', which is not defined; pass its file with --rules.");
            if (StoredExceptions.UnknownGroups(item, groups) is [var group, ..])
            {
                throw new CliException(
                    $"{file} names host group '{group}', which is not defined; pass the {HostGroups.FileName} that does.");
            }
        }

        return ExceptionList.Of(items.Select(i => i.Item), groups);
    }

    private static IEnumerable<string> Expanded(string name)
    {
        if (!Directory.Exists(name)) return [InstalledFiles.Existing(name)];
        var files = Directory.GetFiles(name, Pattern).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new CliException($"{name} has no file {Pattern}; check the folder.");
    }

    private static T Read<T>(string file, Func<string, byte[], T> read)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            return Checked(() => read(file, content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Says what is wrong with a file as the other errors of a user are said.</summary>
    /// <exception cref="CliException">What is read is not valid.</exception>
    internal static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new CliException($"{exception.Message.TrimEnd('.')}.");
        }
    }
}
