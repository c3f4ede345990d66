using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares functions, procedures and aggregates; a function is known by its name and the types of its input arguments.</summary>
internal static class FunctionComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<Function>.By(builder.From.Functions, builder.To.Functions, f => (NameCutting.Cut(f.Name), Signature(f, builder.Renames)), f => (NameCutting.Cut(f.Name), Signature(f, null)));
        foreach (var (from, to) in pairing.Pairs)
        {
            var before = builder.Disagreements;
            var subject = Subjects.Of(to);
            var change = default(Parents).Change(ChangeKind.AlterFunction, subject, from, to, Text(from, to), Text(to, from));
            if (!AreEqual(builder, from, to) || !(SameBody(builder, from, to) || IsBodyOnlyPrinted(builder, from, to)))
            {
                builder.Differs(SchemaFeature.Function, change);
            }
            else if (!SameBody(builder, from, to))
            {
                builder.NotComparable(change);
            }

            CommonComparer.CompareNamed(builder, subject, from, to);
            if (builder.Disagreements == before)
            {
                builder.Agree(subject, from, to);
            }
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(SchemaFeature.Function, default(Parents).Change(ChangeKind.DropFunction, Subjects.Of(from), from, null, ObjectText.Of(from), null), from.Name.Schema);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Function, default(Parents).Change(ChangeKind.AddFunction, Subjects.Of(to), null, to, null, ObjectText.Of(to)), to.Name.Schema);
        }
    }

    private static string Signature(Function function, RenameMap? renames) =>
        string.Join(",", function.Arguments.Where(a => a.Mode is ArgumentMode.In or ArgumentMode.InOut or ArgumentMode.Variadic).Select(a => Renamed(TypeEquality.Canonical(a.Type), renames)));

    private static ColumnType Renamed(ColumnType type, RenameMap? renames)
    {
        if (renames is null || type.Schema is null)
        {
            return type with { Modifiers = null };
        }

        var name = renames.Type(type.QualifiedName);
        return type with { Schema = name.Schema, Name = name.Name, Modifiers = null };
    }

    private static bool AreEqual(ComparisonBuilder builder, Function from, Function to) =>
        from.Kind == to.Kind && builder.AreSame(from.Returns, to.Returns) && from.Language == to.Language && from.IsSqlBody == to.IsSqlBody
        && from.Volatility == to.Volatility && from.IsStrict == to.IsStrict && from.IsSecurityDefiner == to.IsSecurityDefiner && from.IsLeakproof == to.IsLeakproof
        && from.Parallel == to.Parallel && from.Cost == to.Cost && from.Rows == to.Rows && from.Settings.SequenceEqual(to.Settings) && SameArguments(builder, from.Arguments, to.Arguments);

    private static bool SameBody(ComparisonBuilder builder, Function from, Function to) =>
        from.IsSqlBody ? builder.AreSame(from.Body, to.Body) : from.Body.ReplaceLineEndings("\n") == to.Body.ReplaceLineEndings("\n");

    // A server keeps a body in standard SQL, and the parts of an aggregate, as trees, and prints them in words of its own; SQL is as it was written.
    private static bool IsBodyOnlyPrinted(ComparisonBuilder builder, Function from, Function to) =>
        builder.From.Source != builder.To.Source && builder.OneSideIsDatabase && (from.IsSqlBody || from.Kind == FunctionKind.Aggregate);

    private static bool SameArguments(ComparisonBuilder builder, ImmutableArray<FunctionArgument> from, ImmutableArray<FunctionArgument> to) =>
        from.Length == to.Length && from.Zip(to).All(p => p.First.Mode == p.Second.Mode && p.First.Name == p.Second.Name
            && TypeEquality.AreEqual(p.First.Type, p.Second.Type, builder.Renames, schemaIsUnknown: false)
            && builder.CompareExpressions(p.First.Default, p.Second.Default) == ExpressionVerdict.Equal);

    /// <summary>The function's head; where only the body differs, that is what is said.</summary>
    private static string Text(Function function, Function other)
    {
        var text = ObjectText.Of(function);
        return text == ObjectText.Of(other) ? $"{text} AS {function.Body.Trim()}" : text;
    }
}
