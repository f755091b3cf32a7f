using Changeling.Rarity;
using Changeling.Scoring;

namespace Changeling.Cli;

/// <summary>The model and the prior that came with the program.</summary>
internal static class InstalledFiles
{
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>
    /// The shipped files are read once in a process, because a model takes half a second and a test process runs many commands.
    /// </summary>
    private static readonly Lazy<MlModel> ShippedModel = new(() => ReadModel(ShippedPackage()), LazyThreadSafetyMode.PublicationOnly);

    private static readonly Lazy<Prior> ShippedPrior = new(
        () => Read(Path.Combine(Models, "prior.json"), PriorFile.Read), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Opens a model package.</summary>
    /// <param name="package">Path of a package; <see langword="null"/> takes the shipped one.</param>
    public static MlModel Model(string? package) => package is null ? ShippedModel.Value : ReadModel(package);

    /// <summary>Opens the shipped model package.</summary>
    public static ModelPackage Package() => Read(ShippedPackage(), p => ModelPackage.ReadFile(p));

    /// <summary>Opens a prior.</summary>
    /// <param name="prior">Path of a prior file; <see langword="null"/> takes the shipped one.</param>
    public static Prior Prior(string? prior) => prior is null ? ShippedPrior.Value : Read(prior, PriorFile.Read);

    /// <summary>The path itself, if the file exists.</summary>
    /// <exception cref="CliException">The file does not exist.</exception>
    public static string Existing(string path) =>
        File.Exists(path) ? path
        : Directory.Exists(path) ? throw new CliException($"{path} is a folder; a file is needed.")
        : throw new CliException($"{(path.Length == 0 ? "''" : path)} does not exist; check the path.");

    private static MlModel ReadModel(string path) => Read(path, p => new MlModel(ModelPackage.ReadFile(p)));

    private static string ShippedPackage() => Directory.EnumerateFiles(Models, "*.zip").Max(StringComparer.Ordinal)
        ?? throw new CliException($"no model package in {Models}; pass one with --model, or train one.");

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(Existing(path));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                $"{path} cannot be used: {exception.Message.TrimEnd('.')}; leave the option out for the file that came with the program.");
        }
    }
}
