using System.Reflection;
using System.Reflection.Emit;

namespace Plumbline.AheadOfTime;

/// <summary>Writes a profile for crossgen2 (a .mibc file): an assembly whose global method AssemblyDictionary names groups of methods, each group with the
/// assemblies that its methods are made of. The format is the runtime's own; see "dotnet-pgo" in the sources of .NET.</summary>
internal static class MibcWriter
{
    /// <returns>How many of the methods are there.</returns>
    public static int Write(IEnumerable<string> lines, AssemblyFolder assemblies, string path)
    {
        var methods = lines.Select(line => MethodLine.Parse(line, assemblies)).OfType<MethodBase>().ToList();
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Path.GetFileNameWithoutExtension(path)), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("Profile");
        var groups = new List<(string Name, MethodInfo Method)>();
        foreach (var group in methods.GroupBy(GroupName).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var method = module.DefineGlobalMethod($"Group{groups.Count}", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);
            var il = method.GetILGenerator();
            foreach (var member in group)
            {
                il.Emit(OpCodes.Ldtoken, member is ConstructorInfo constructor ? module.GetMethodMetadataToken(constructor) : module.GetMethodMetadataToken((MethodInfo)member));
                il.Emit(OpCodes.Pop);
            }

            il.Emit(OpCodes.Ret);
            groups.Add((group.Key, method));
        }

        var dictionary = module.DefineGlobalMethod("AssemblyDictionary", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []).GetILGenerator();
        foreach (var (name, method) in groups)
        {
            dictionary.Emit(OpCodes.Ldstr, name);
            dictionary.Emit(OpCodes.Ldtoken, method);
            dictionary.Emit(OpCodes.Pop);
        }

        dictionary.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(path);
        return methods.Count;
    }

    // The defining assembly first, then all others.
    private static string GroupName(MethodBase method)
    {
        var home = Name(method.DeclaringType!);
        var all = new SortedSet<string>(StringComparer.Ordinal);
        Add(method.DeclaringType!);
        foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
        {
            Add(argument);
        }

        all.Remove(home);
        return string.Concat(all.Prepend(home).Select(name => name + ";"));

        void Add(Type type)
        {
            all.Add(Name(type));
            foreach (var inner in type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments())
            {
                Add(inner);
            }
        }

        static string Name(Type type) => type.Assembly.GetName().Name!;
    }
}
