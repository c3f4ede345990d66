using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>A <c>@default</c> that fits its field.</summary>
/// <param name="MappedName">The name of its constraint (<c>map:</c>), which only SQL Server has; null where it has none.</param>
/// <param name="Location">Where the attribute stands.</param>
public abstract record DefaultValue(string? MappedName, SourceLocation Location);

/// <summary>A literal: text, number or truth.</summary>
/// <param name="Value">The literal: <see cref="StringSyntax"/>, <see cref="NumberSyntax"/> or, for a Boolean, <see cref="ConstantSyntax"/>.</param>
/// <param name="MappedName">The name of its constraint; null where it has none.</param>
/// <param name="Location">Where the attribute stands.</param>
public sealed record LiteralDefault(ExpressionSyntax Value, string? MappedName, SourceLocation Location) : DefaultValue(MappedName, Location);

/// <summary>A value of an enum.</summary>
/// <param name="Value">The value.</param>
/// <param name="MappedName">The name of its constraint; null where it has none.</param>
/// <param name="Location">Where the attribute stands.</param>
public sealed record EnumDefault(PrismaEnumValue Value, string? MappedName, SourceLocation Location) : DefaultValue(MappedName, Location);

/// <summary>A list of literals or of values of an enum, the default of a list.</summary>
/// <param name="Elements">Its elements, <see cref="LiteralDefault"/> or <see cref="EnumDefault"/>.</param>
/// <param name="MappedName">The name of its constraint; null where it has none.</param>
/// <param name="Location">Where the attribute stands.</param>
public sealed record ListDefault(ImmutableArray<DefaultValue> Elements, string? MappedName, SourceLocation Location) : DefaultValue(MappedName, Location);

/// <summary>A function: <c>autoincrement()</c>, <c>now()</c>, <c>dbgenerated("…")</c>, and those that the client computes (<c>cuid()</c>, <c>uuid()</c>,
/// <c>ulid()</c>, <c>nanoid()</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments as they are written.</param>
/// <param name="MappedName">The name of its constraint; null where it has none.</param>
/// <param name="Location">Where the attribute stands.</param>
public sealed record FunctionDefault(
    string Name, ImmutableArray<ArgumentSyntax> Arguments, string? MappedName, SourceLocation Location) : DefaultValue(MappedName, Location)
{
    /// <summary>The text of its first argument, such as the SQL of <c>dbgenerated("…")</c>; null where it has none.</summary>
    public string? Text => Arguments is [{ Value: StringSyntax text }, ..] ? text.Value : null;
}

/// <summary>The native type of a field.</summary>
/// <param name="Name">Its name, such as <c>VarChar</c>.</param>
/// <param name="Arguments">Its arguments as they are written.</param>
/// <param name="Location">Where the attribute stands.</param>
public sealed record NativeType(string Name, ImmutableArray<string> Arguments, SourceLocation Location)
{
    internal string Scope { get; init; } = "db";

    internal TextSpan Span { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Arguments.IsEmpty ? Name : $"{Name}({string.Join(',', Arguments)})";
}
