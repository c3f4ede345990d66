using System.Reflection;
using System.Text;

namespace Plumbline.AheadOfTime;

/// <summary>A line of the list: the type, the method as its definition prints itself, and the arguments of a generic method, apart by tabs.</summary>
internal static class MethodLine
{
    public static string Format(Type type, MethodBase definition, IReadOnlyList<Type> arguments) =>
        $"{Format(type)}\t{definition}\t{string.Join(',', arguments.Select(Format))}";

    /// <summary>The method that a line names, made of what an assembly folder has; null where it has none such (any more).</summary>
    public static MethodBase? Parse(string line, AssemblyFolder assemblies)
    {
        var parts = line.Split('\t');
        if (parts.Length != 3 || new TypeText(parts[0], assemblies).All() is not [var type])
        {
            return null;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (AssemblyFolder.Methods(definition).FirstOrDefault(method => method.ToString() == parts[1]) is not { } open)
        {
            return null;
        }

        var method = MethodBase.GetMethodFromHandle(open.MethodHandle, type.TypeHandle);
        if (method is not MethodInfo { IsGenericMethodDefinition: true } generic)
        {
            return method;
        }

        return new TypeText(parts[2], assemblies).All() is { } arguments && arguments.Count == generic.GetGenericArguments().Length ? AssemblyFolder.Instance(generic, arguments) : null;
    }

    private static string Format(Type type)
    {
        if (type.IsArray)
        {
            return Format(type.GetElementType()!) + "[]";
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var arguments = type.IsGenericType ? "{" + string.Join(',', type.GetGenericArguments().Select(Format)) + "}" : "";
        return $"[{definition.Assembly.GetName().Name}]{definition.FullName}{arguments}";
    }

    /// <summary>Reads types as <see cref="Format(Type)"/> prints them.</summary>
    private sealed class TypeText(string text, AssemblyFolder assemblies)
    {
        private int _at;

        /// <summary>All types of the text; null where one is not there.</summary>
        public List<Type>? All()
        {
            var types = new List<Type>();
            while (_at < text.Length)
            {
                if (One() is not { } type)
                {
                    return null;
                }

                types.Add(type);
                if (_at < text.Length && text[_at] == ',')
                {
                    _at++;
                }
            }

            return types;
        }

        private Type? One()
        {
            var assembly = text[(_at + 1)..(_at = text.IndexOf(']', _at))];
            var name = new StringBuilder();
            for (_at++; _at < text.Length && text[_at] is not ('{' or '}' or ',' or '['); _at++)
            {
                name.Append(text[_at]);
            }

            var type = assemblies.Find(assembly)?.GetType(name.ToString());
            if (_at < text.Length && text[_at] == '{')
            {
                var arguments = new List<Type>();
                while (text[_at] != '}')
                {
                    _at++;
                    if (One() is not { } argument)
                    {
                        return null;
                    }

                    arguments.Add(argument);
                }

                _at++;
                type = type?.GetGenericArguments().Length == arguments.Count ? AssemblyFolder.Instance(type, arguments) : null;
            }

            for (; _at + 1 < text.Length && text[_at] == '[' && text[_at + 1] == ']'; _at += 2)
            {
                type = type?.MakeArrayType();
            }

            return type;
        }
    }
}
