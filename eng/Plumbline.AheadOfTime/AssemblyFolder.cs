using System.Reflection;

namespace Plumbline.AheadOfTime;

/// <summary>The assemblies of a folder together with those of the framework.</summary>
internal sealed class AssemblyFolder(string folder)
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, Assembly?> _assemblies = new(StringComparer.Ordinal);

    /// <summary>An assembly by its simple name; null where there is none.</summary>
    public Assembly? Find(string name)
    {
        if (!_assemblies.TryGetValue(name, out var assembly))
        {
            assembly = Load(name);
            _assemblies.Add(name, assembly);
        }

        return assembly;
    }

    /// <summary>The methods and constructors that a type declares.</summary>
    public static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    /// <summary>An instance of a generic type; null where a stand-in for its arguments breaks a constraint.</summary>
    public static Type? Instance(Type definition, IReadOnlyList<Type> arguments)
    {
        try
        {
            return definition.MakeGenericType([.. arguments]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>An instance of a generic method; null where a stand-in for its arguments breaks a constraint.</summary>
    public static MethodInfo? Instance(MethodInfo definition, IReadOnlyList<Type> arguments)
    {
        try
        {
            return definition.MakeGenericMethod([.. arguments]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The framework that this program runs on comes first: a self-contained program's folder has it too.
    private Assembly? Load(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            var path = Path.Combine(Path.GetFullPath(folder), name + ".dll");
            return File.Exists(path) ? Assembly.LoadFrom(path) : null;
        }
    }
}
