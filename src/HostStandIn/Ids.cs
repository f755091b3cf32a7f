namespace Changeling.HostStandIn;

/// <summary>Ids of processes and invocations.</summary>
internal static class Ids
{
#pragma warning disable RS0030 // Nothing may be derived from them, and two hosts must not share one.
    public static Guid New() => Guid.NewGuid();
#pragma warning restore RS0030
}
