using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>Checks <see cref="StorageOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
