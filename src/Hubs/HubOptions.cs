using System.ComponentModel.DataAnnotations;
using Azure.Core;
using Azure.Identity;

namespace Changeling.Hubs;

/// <summary>
/// The connection to the app's hubs. The Functions host reads the same settings for the trigger: <c>EventHubConnection</c> with a
/// connection string, or <c>EventHubConnection__fullyQualifiedNamespace</c> and the settings beside it.
/// </summary>
public sealed class HubOptions : IValidatableObject
{
    /// <summary>The setting that holds a connection string as its value, or the identity's settings below it.</summary>
    public const string ConnectionSetting = "EventHubConnection";

    /// <summary>The setting that names the hub for detections.</summary>
    public const string DetectionsHubSetting = "DetectionsHub";

    private const string ManagedIdentity = "managedidentity";
    private const string NotAConnectionString =
        $"{ConnectionSetting} is not a connection string of Event Hubs (Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…).";

    /// <summary>The value of the setting <c>EventHubConnection</c>, for the emulator or a local stand-in only.</summary>
    /// <value>Exactly one of this and <see cref="FullyQualifiedNamespace"/>.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The namespace in Azure, opened with the app's identity.</summary>
    /// <value>For example <c>evhns-example.servicebus.windows.net</c>.</value>
    public string? FullyQualifiedNamespace { get; set; }

    /// <summary>The client id of a user-assigned identity.</summary>
    /// <value><see langword="null"/> takes the identity that Azure assigned to the app.</value>
    public string? ClientId { get; set; }

    /// <summary>The kind of identity.</summary>
    /// <value>
    /// <c>managedidentity</c>; <see langword="null"/> tries the credentials of the machine, for example the sign-in of the Azure CLI.
    /// </value>
    public string? Credential { get; set; }

    /// <summary>The hub that takes the detections.</summary>
    /// <value>1–256 letters, digits, dots, hyphens and underscores.</value>
    [Required(ErrorMessage = $"Set {DetectionsHubSetting} to the name of the hub that takes the detections.")]
    [RegularExpression(HubName.Pattern,
        ErrorMessage = $"{DetectionsHubSetting} must have 1 to 256 letters, digits, dots, hyphens or underscores.")]
    public string? DetectionsHub { get; set; }

    private bool IsManagedIdentity => ManagedIdentity.Equals(Credential, StringComparison.OrdinalIgnoreCase);

    private bool IsLocal => !string.IsNullOrEmpty(ConnectionString);

    /// <summary>The namespace with the credentials from the options.</summary>
    /// <exception cref="FormatException">The options are not valid.</exception>
    public HubEndpoint Endpoint()
    {
        if (!IsLocal) return HubEndpoint.OfNamespace(FullyQualifiedNamespace ?? "", Identity());
        return ConnectionStringParts.Read(ConnectionString!) is { } parts
            ? HubEndpoint.OfChecked(ConnectionString!, parts)
            : throw new FormatException(NotAConnectionString);
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsLocal != string.IsNullOrEmpty(FullyQualifiedNamespace))
        {
            yield return new ValidationResult(
                $"Set one of the two: {ConnectionSetting}__fullyQualifiedNamespace for Azure, opened with the app's identity, or {ConnectionSetting} to the connection string of the local emulator.",
                [nameof(ConnectionString), nameof(FullyQualifiedNamespace)]);
        }
        else if (IsLocal && ConnectionProblem() is { } connection)
        {
            yield return new ValidationResult(connection, [nameof(ConnectionString)]);
        }
        else if (!IsLocal && !HubEndpoint.IsHost(FullyQualifiedNamespace!))
        {
            yield return new ValidationResult(
                $"{ConnectionSetting}__fullyQualifiedNamespace must be a namespace's host name, for example evhns-example.servicebus.windows.net.",
                [nameof(FullyQualifiedNamespace)]);
        }

        if (!string.IsNullOrEmpty(Credential) && !IsManagedIdentity)
            yield return new ValidationResult(
                $"{ConnectionSetting}__credential must be {ManagedIdentity}, or be left out.", [nameof(Credential)]);
    }

    private string? ConnectionProblem() => ConnectionStringParts.Read(ConnectionString!) switch
    {
        null => NotAConnectionString,
        { IsNoSecret: false } =>
            $"{ConnectionSetting} takes the local emulator's connection string only, because a key in the settings is a secret; in Azure set {ConnectionSetting}__fullyQualifiedNamespace and give the app's identity its roles.",
        { Hub: not null } => $"{ConnectionSetting} must not name a hub (EntityPath), because telemetry and detections are two hubs.",
        _ => null,
    };

    private TokenCredential Identity()
    {
        if (IsManagedIdentity)
            return new ManagedIdentityCredential(
                string.IsNullOrEmpty(ClientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId));
        var options = new DefaultAzureCredentialOptions();
        if (!string.IsNullOrEmpty(ClientId)) options.ManagedIdentityClientId = ClientId;
        return new DefaultAzureCredential(options);
    }
}
