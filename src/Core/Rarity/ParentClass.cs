namespace Changeling.Rarity;

/// <summary>What kind of program a parent is: the level between one parent and the whole fleet.</summary>
public enum ParentClass
{
    /// <summary>An installed program that is in no other class.</summary>
    Program,

    /// <summary>Word, Excel, Outlook and other document and mail programs, PDF readers included.</summary>
    Office,

    /// <summary>Web browsers and their web views.</summary>
    Browser,

    /// <summary>Interactive and scripting shells and script hosts: cmd, PowerShell, wscript, mshta, …</summary>
    Shell,

    /// <summary>Windows' own services, session and set-up processes.</summary>
    SystemService,

    /// <summary>Server programs that answer the network: web, database and mail servers' workers.</summary>
    Server,

    /// <summary>A program that runs from a place that users can write to: profile, temp, public, downloads.</summary>
    UserWritable,
}
