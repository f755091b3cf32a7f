namespace Changeling.Features;

/// <summary>What is known of a program by its lower-case file name.</summary>
internal sealed record KnownBinary
{
    /// <summary>A program of which nothing is known.</summary>
    public static KnownBinary Unknown { get; } = new();

    public BinaryKind Kind { get; init; }

    /// <summary>Whether the name occurs everywhere: it has a kind, is a LOLBin, or ships with Windows.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether it is in <see cref="LolBinCatalogue"/>.</summary>
    public bool IsLolBin { get; init; }

    public bool IsOfWindows { get; init; }

    /// <summary>Whether Windows or a common driver has a program of this name in System32.</summary>
    public bool IsUsualInSystem32 { get; init; }

    /// <summary>The name of the program that usually starts it, if there is one.</summary>
    public string? UsualParent { get; init; }

    /// <summary>Whether it usually starts no others, so that a child indicates injected code.</summary>
    public bool IsChildless { get; init; }

    /// <summary>Whether it elevates without a prompt, or is used for such an elevation.</summary>
    public bool IsAutoElevated { get; init; }

    /// <summary>Whether this system process is started only by its usual parent or by a session manager above that.</summary>
    public bool IsStrictlyParented { get; init; }

    /// <summary>Whether it is a system program that usually starts no shells and tools.</summary>
    public bool StartsNoShell { get; init; }

    /// <summary>Whether it is a Windows accessory that people start, and that exploits start as a demonstration.</summary>
    public bool IsAccessory { get; init; }

    /// <summary>Whether people usually start it themselves. If it is started through COM, another machine may control it.</summary>
    public bool IsForPeople { get; init; }
}
