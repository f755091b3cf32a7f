namespace Changeling.Events;

/// <summary>The elevation type of a token (Windows <c>TOKEN_ELEVATION_TYPE</c>).</summary>
public enum TokenElevation
{
    /// <summary>Type 1, <c>%%1936</c>: no linked token; service accounts, or user account control is off.</summary>
    Default = 1,

    /// <summary>Type 2, <c>%%1937</c>: elevated.</summary>
    Full = 2,

    /// <summary>Type 3, <c>%%1938</c>: an administrator's filtered token.</summary>
    Limited = 3,
}
