namespace Changeling.Training;

/// <summary>What a corpus file is for: where its rows come from, and what is measured on them.</summary>
public enum CorpusRole
{
    /// <summary>Recorded attacks, and the ordinary activity recorded with them.</summary>
    Recorded,

    /// <summary>Recordings of ordinary use.</summary>
    RecordedOrdinary,

    /// <summary>Attacks made from published commands.</summary>
    Synthetic,

    /// <summary>Ordinary launches that resemble attacks, made from known false alarms.</summary>
    BenignSynthetic,

    /// <summary>Attack launches of real incidents, from reports.</summary>
    WildAttacks,

    /// <summary>Ordinary launches of real machines, from public bug reports.</summary>
    WildOrdinary,

    /// <summary>Launches from scripts of administrators, installers and build machines.</summary>
    WildAdministration,
}
