using System.ComponentModel.DataAnnotations;

namespace Changeling.Storage;

/// <summary>Which storage account holds models, counts and dead letters: section <c>Storage</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Name of the account in Azure, which is used with the app's identity.</summary>
    /// <value>3–24 lower-case letters and digits; exactly one of this and <see cref="ConnectionString"/>.</value>
    [RegularExpression("^[a-z0-9]{3,24}$", ErrorMessage = "Must be 3 to 24 lower-case letters and digits.")]
    public string? AccountName { get; set; }

    /// <summary>For the local emulator only.</summary>
    /// <value><c>UseDevelopmentStorage=true</c>, or Azurite's connection string.</value>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the account is the local emulator, on which containers and tables are created at start-up.</summary>
    public bool IsEmulator => !string.IsNullOrEmpty(ConnectionString);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var identity = !string.IsNullOrEmpty(AccountName);
        if (identity == IsEmulator)
        {
            yield return new ValidationResult(
                "Set one of the two: the account in Azure, opened with the app's identity, or the connection string of the local emulator.",
                [nameof(AccountName), nameof(ConnectionString)]);
        }
        else if (IsEmulator && !EmulatorConnection.IsEmulator(ConnectionString!))
        {
            yield return new ValidationResult(
                "Accepted for the local emulator only, because a key in the settings is a secret; " +
                "in Azure set Storage:AccountName and give the app's identity its roles.",
                [nameof(ConnectionString)]);
        }
    }
}
