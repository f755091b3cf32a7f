namespace Changeling.Events;

/// <summary>
/// The Windows mandatory integrity level; the order is the order of power. Sysmon's <c>AppContainer</c> is
/// <see cref="Low"/>, medium-plus (RID 8448) is <see cref="Medium"/>.
/// </summary>
public enum IntegrityLevel
{
    /// <summary>RID 0.</summary>
    Untrusted,

    /// <summary>RID 4096.</summary>
    Low,

    /// <summary>RID 8192.</summary>
    Medium,

    /// <summary>RID 12288.</summary>
    High,

    /// <summary>RID 16384.</summary>
    System,

    /// <summary>RID 20480.</summary>
    Protected,
}
