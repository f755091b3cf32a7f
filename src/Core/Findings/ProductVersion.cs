using System.Reflection;

namespace Changeling.Findings;

/// <summary>The program's version, as findings name it.</summary>
internal static class ProductVersion
{
    public static readonly string Text =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
