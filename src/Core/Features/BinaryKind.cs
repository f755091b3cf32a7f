namespace Changeling.Features;

/// <summary>The purpose of a program, by its file name.</summary>
internal enum BinaryKind
{
    /// <summary>A name that is not in <see cref="KnownBinaries"/>.</summary>
    Unknown,
    Office,
    Browser,
    Shell,
    ScriptHost,
    Service,
    Session,
    AppModel,
    Maintenance,
    Installer,
    Server,
    RemoteExecution,
    Developer,
    Discovery,
    Administration,
    ProxyExecution,
    Transfer,
    FileTool,
    Accessory,
    Security,
    RemoteTool,
}
