namespace Changeling.Simulation.Words;

/// <summary>Names of the made-up people.</summary>
internal static class People
{
    public static readonly string[] FirstNames =
    [
        "anna", "bela", "carla", "david", "elif", "finn", "greta", "hugo", "ines", "jonas", "kaja", "lars", "mira", "nils", "olga", "petra",
        "quirin", "rosa", "sami", "tilda", "ursula", "viktor", "wanda", "yara", "zoe", "amir", "birte", "cosimo", "dora", "emil",
    ];

    public static readonly string[] LastNames =
    [
        "adler", "berg", "castell", "dorn", "ekström", "falk", "grau", "holm", "iversen", "jansen", "krol", "lund", "moreau", "novak", "okafor",
        "pires", "quast", "rossi", "sorel", "tamm", "ulrich", "vance", "weiss", "xenos", "young", "zander", "abel", "brandt", "corti", "dahl",
    ];
}
