using System.Diagnostics.CodeAnalysis;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>A variable of a block.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its type as it is written; null for a record, and where the type is another's.</param>
internal sealed class Variable(string name, string? type)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its type as it is written; null for a record, and where the type is another's.</summary>
    public string? Type { get; } = type;

    /// <summary>Its value; null is NULL.</summary>
    public PlValue? Value { get; set; }

    /// <summary>CONSTANT.</summary>
    public bool IsConstant { get; init; }
}

/// <summary>The variables that are seen at a place: those of a block or loop, and those around it.</summary>
/// <param name="parent">The scope around it; null for the outermost.</param>
/// <param name="label">The label by which its variables may be named; else null.</param>
internal sealed class VariableScope(VariableScope? parent, string? label)
{
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);

    /// <summary>Declares a variable.</summary>
    public Variable Declare(Variable variable) => _variables[variable.Name] = variable;

    /// <summary>Declares another name for a variable.</summary>
    public void Alias(string name, Variable variable) => _variables[name] = variable;

    /// <summary>The variable of a name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Variable? variable)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables.TryGetValue(name, out variable))
            {
                return true;
            }
        }

        variable = null;
        return false;
    }

    /// <summary>The variable of a name in the block of a label.</summary>
    public bool TryFind(string blockLabel, string name, [NotNullWhen(true)] out Variable? variable)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Label == blockLabel && scope._variables.TryGetValue(name, out variable))
            {
                return true;
            }
        }

        variable = null;
        return false;
    }

    private VariableScope? Parent { get; } = parent;

    private string? Label { get; } = label;
}
