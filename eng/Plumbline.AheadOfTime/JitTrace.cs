using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Plumbline.AheadOfTime;

/// <summary>The methods that a run had to compile when it came to them, from an EventPipe trace with the keywords Jit, Loader, MethodDiagnostic and
/// TypeDiagnostic of the runtime's provider.</summary>
internal sealed class JitTrace
{
    // The runtime's stand-in for every reference type: they share their code.
    private const string Canon = "System.__Canon";

    private sealed record LoadedType(ulong Module, int Token, TypeFlags Flags, ulong[] Arguments);

    private sealed record CompiledMethod(ulong Module, int Token);

    private sealed record MethodDetails(ulong Type, ulong[] Arguments);

    private readonly Dictionary<ulong, string> _modules = [];
    private readonly Dictionary<ulong, LoadedType> _types = [];
    private readonly Dictionary<ulong, CompiledMethod> _compiled = [];
    private readonly Dictionary<ulong, MethodDetails> _details = [];

    public static JitTrace Read(string path)
    {
        var trace = new JitTrace();
        using var source = new EventPipeEventSource(path);
        source.Clr.LoaderModuleLoad += e => trace._modules[(ulong)e.ModuleID] = Path.GetFileNameWithoutExtension(e.ModuleILPath);
        source.Clr.TypeBulkType += trace.Add;
        source.Clr.MethodMethodDetails += e => trace._details[(ulong)e.MethodID] =
            new MethodDetails((ulong)e.TypeID, [.. Enumerable.Range(0, e.TypeParameterCount).Select(i => (ulong)e.TypeParameters(i))]);
        source.Clr.MethodJittingStarted += e => trace._compiled[(ulong)e.MethodID] = new CompiledMethod((ulong)e.ModuleID, e.MethodToken);
        source.Process();
        return trace;
    }

    // Where the C# compiler puts code of its own: crossgen2 does not take it from a profile.
    private const string CompilersOwn = "<PrivateImplementationDetails>";

    /// <summary>The generic ones among them, as lines of the list. Others are compiled ahead anyway.</summary>
    public IEnumerable<string> Methods(AssemblyFolder assemblies)
    {
        foreach (var (id, compiled) in _compiled)
        {
            if (_details.TryGetValue(id, out var details) && Resolve(details.Type, assemblies) is { FullName: not CompilersOwn } type)
            {
                var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
                var method = definition.Module.ResolveMethod(compiled.Token);
                var arguments = details.Arguments.Select(argument => Resolve(argument, assemblies)).ToList();
                if (method is not null && !arguments.Contains(null) && (type.IsGenericType || arguments.Count > 0))
                {
                    yield return MethodLine.Format(type, method, arguments!);
                }
            }
        }
    }

    private void Add(GCBulkTypeTraceData e)
    {
        for (var i = 0; i < e.Count; i++)
        {
            var value = e.Values(i);
            _types[(ulong)value.TypeID] = new LoadedType(
                (ulong)value.ModuleID, value.TypeNameID, value.Flags, [.. Enumerable.Range(0, value.TypeParameterCount).Select(p => (ulong)value.TypeParameterID(p))]);
        }
    }

    private Type? Resolve(ulong id, AssemblyFolder assemblies)
    {
        if (!_types.TryGetValue(id, out var loaded))
        {
            return null;
        }

        var arguments = loaded.Arguments.Select(argument => Resolve(argument, assemblies)).ToList();
        if (arguments.Contains(null))
        {
            return null;
        }

        if (loaded.Flags.HasFlag(TypeFlags.Array))
        {
            return arguments is [{ } element] ? element.MakeArrayType() : null;
        }

        if (!_modules.TryGetValue(loaded.Module, out var module) || assemblies.Find(module) is not { } assembly)
        {
            return null;
        }

        var definition = assembly.ManifestModule.ResolveType(loaded.Token);
        if (definition.FullName == Canon)
        {
            return typeof(object);
        }

        return arguments.Count > 0 ? AssemblyFolder.Instance(definition, arguments!) : definition;
    }
}
