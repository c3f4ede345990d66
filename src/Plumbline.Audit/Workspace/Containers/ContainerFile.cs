using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Containers;

/// <summary>What a YAML file says about containers.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Images">The images that it names.</param>
/// <param name="Values">Every value of its environments and matrices.</param>
/// <param name="Builds">The folders that services are built from.</param>
/// <param name="Ports">The ports of services that are reached from outside.</param>
/// <param name="Exceeded">The budget that the file exceeds; null where it is read to its end, or to its first error.</param>
internal sealed record ContainerFile(
    string Path, ImmutableArray<ContainerImage> Images, ImmutableArray<ContainerValue> Values, ImmutableArray<ContainerBuild> Builds, ImmutableArray<ContainerPort> Ports, Diagnostic? Exceeded)
{
    private ILookup<string, ContainerValue>? _ofEnvironments;
    private ILookup<(string Name, string Scope), ContainerValue>? _ofMatrices;

    /// <summary>The values that environments give a variable.</summary>
    public IEnumerable<ContainerValue> ValuesOf(string name) =>
        (_ofEnvironments ??= Values.Where(value => !value.IsOfMatrix).ToLookup(value => value.Name, StringComparer.Ordinal))[name];

    /// <summary>The values that the matrix of a job gives a variable.</summary>
    public IEnumerable<ContainerValue> ValuesOf(string name, string scope) =>
        (_ofMatrices ??= Values.Where(value => value.IsOfMatrix).ToLookup(value => (value.Name, value.Scope)))[(name, scope)];
}

/// <summary>The folder that a service's image is built from.</summary>
/// <param name="Service">The service.</param>
/// <param name="Context">The folder, as it is written.</param>
/// <param name="Line">The line where it is.</param>
/// <param name="Column">The column where it starts.</param>
/// <param name="EndColumn">The column behind its end.</param>
internal sealed record ContainerBuild(string Service, string Context, int Line, int Column, int EndColumn);

/// <summary>A port of a service that the machine around it publishes.</summary>
/// <param name="Service">The service, which is its host name for other services.</param>
/// <param name="Published">The port of the machine.</param>
/// <param name="Target">The port of the service.</param>
internal sealed record ContainerPort(string Service, int Published, int Target);

/// <summary>An image.</summary>
/// <param name="Text">As it is written, with variables.</param>
/// <param name="Scope">The job that it belongs to, such as <c>jobs/test</c>; elsewhere the two outermost keys.</param>
/// <param name="Line">The line where it is.</param>
internal sealed record ContainerImage(string Text, string Scope, int Line);

/// <summary>A value that a variable may have.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Text">The value, which may hold variables itself.</param>
/// <param name="IsOfMatrix">Whether a matrix gives it; else an environment.</param>
/// <param name="Scope">The job that it belongs to.</param>
internal sealed record ContainerValue(string Name, string Text, bool IsOfMatrix, string Scope);
