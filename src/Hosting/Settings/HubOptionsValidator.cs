using Changeling.Hubs;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>Checks <see cref="HubOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class HubOptionsValidator : IValidateOptions<HubOptions>;
