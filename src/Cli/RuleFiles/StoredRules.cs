using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Rules;
using Changeling.Storage;

namespace Changeling.Cli.RuleFiles;

/// <summary>The content of container <c>rules</c>, as the apps read it.</summary>
/// <param name="Files">The valid files, in order of name; of two with the same id the apps use the later one.</param>
/// <param name="Problems">Messages on files that the apps refuse.</param>
internal sealed record StoredRules(IReadOnlyList<StoredRule> Files, IReadOnlyList<string> Problems)
{
    private const string Extension = ".json";

    /// <summary>The rules in force.</summary>
    /// <exception cref="CliException">Too many rules are enabled, so the apps refuse the whole container.</exception>
    public RuleSet InForce
    {
        get
        {
            try
            {
                return RuleSet.Shipped.With(Files.Select(f => f.Change));
            }
            catch (InvalidDataException exception)
            {
                throw new CliException(exception.Message);
            }
        }
    }

    public static async Task<StoredRules> ReadAsync(JsonBlobs blobs, CancellationToken cancellationToken)
    {
        var (files, problems) = (new List<StoredRule>(), new List<string>());
        foreach (var (name, file) in await blobs.ReadAsync(new Dictionary<string, JsonBlob>(), cancellationToken))
        {
            try
            {
                files.Add(new(name, RuleFile.Read(name, file.Content.Span, RuleSet.Shipped), file.Content) { Blob = file });
            }
            catch (InvalidDataException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return new StoredRules(files, problems);
    }

    /// <summary>The file that decides about an id; <see langword="null"/> if none does.</summary>
    public StoredRule? Of(string id) => Files.LastOrDefault(f => f.Change.Id == id);

    /// <summary>The name under which a new file is stored.</summary>
    public static string NameOf(string id) => id + Extension;
}

/// <summary>One valid file of container <c>rules</c>.</summary>
/// <param name="Name">The name of the blob.</param>
/// <param name="Change">What it holds.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record StoredRule(string Name, IRuleChange Change, ReadOnlyMemory<byte> Content)
{
    /// <summary>The blob as it was read; <see langword="null"/> for a file of this machine.</summary>
    public JsonBlob? Blob { get; init; }

    /// <summary>The same file with its rule switched on or off.</summary>
    public byte[] Switched(bool enabled)
    {
        var file = JsonNode.Parse(Content.Span)!.AsObject();
        file["enabled"] = enabled;
        return JsonSerializer.SerializeToUtf8Bytes(file, RuleText.Indented);
    }
}
