using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares what a column gets when a row is inserted without it: DEFAULT, identity, sequence.</summary>
internal static class ColumnDefaults
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair, Subject subject, Column from, Column to)
    {
        var parents = pair.Parents;
        if (builder.OneSideIsPrisma && CountsUp(from) && CountsUp(to))
        {
            // To Prisma, autoincrement() is one thing, whether a sequence or an identity does it.
            if (from.Identity != to.Identity)
            {
                builder.Differs(SchemaFeature.IdentityForm, parents.Change(ChangeKind.AlterColumnIdentity, subject, from, to, Form(from), Form(to)));
            }

            return;
        }

        if (from.Identity != to.Identity)
        {
            builder.Add(parents.Change(ChangeKind.AlterColumnIdentity, subject, from, to, ObjectText.Of(from.Identity), ObjectText.Of(to.Identity)));
        }

        // The expression of a generated column takes the place of a default.
        if ((from.Generated is null) != (to.Generated is null))
        {
            return;
        }

        var change = parents.Change(ChangeKind.AlterColumnDefault, subject, from, to, from.Default?.Text, to.Default?.Text);
        switch (Verdict(builder, from, to))
        {
            case ExpressionVerdict.Different:
                builder.Add(change);
                break;
            case ExpressionVerdict.Unknown:
                builder.NotComparable(change);
                break;
        }
    }

    private static bool CountsUp(Column column) => column.Identity != IdentityKind.None || IsNextValue(column.Default);

    private static bool IsNextValue(SqlExpression? value) => value is not null && value.Text.StartsWith("nextval(", StringComparison.OrdinalIgnoreCase);

    private static string Form(Column column) => ObjectText.Of(column.Identity) ?? "serial";

    private static ExpressionVerdict Verdict(ComparisonBuilder builder, Column from, Column to)
    {
        // dbgenerated() without text agrees with any default; but of an enum, Prisma takes it for none.
        if ((from.HasUnstatedDefault && !builder.IsEnum(from.Type.QualifiedName)) || (to.HasUnstatedDefault && !builder.IsEnum(to.Type.QualifiedName)))
        {
            return ExpressionVerdict.Equal;
        }

        var verdict = builder.CompareExpressions(from.Default, to.Default);
        if (verdict == ExpressionVerdict.Equal || from.Default is null || to.Default is null)
        {
            return verdict;
        }

        if (IsNextValue(from.Default) && IsNextValue(to.Default))
        {
            return SequenceOf(from.Default) == SequenceOf(to.Default) ? ExpressionVerdict.Equal : ExpressionVerdict.Different;
        }

        if (from.Type.Schema is not null && Constant(from.Default.Text) is { } value &&
            builder.Renames.EnumValue(from.Type.QualifiedName, value) is var renamed && renamed != value && renamed == Constant(to.Default.Text))
        {
            return ExpressionVerdict.Equal;
        }

        return TypeEquality.Canonical(to.Type) switch
        {
            { IsArray: true } => verdict,
            { Schema: null, Name: "json" or "jsonb" } when SameJson(from.Default.Text, to.Default.Text) => ExpressionVerdict.Equal,
            { Schema: null, Name: "timestamp without time zone" or "timestamp with time zone" or "date" } when SameInstant(from.Default.Text, to.Default.Text) => ExpressionVerdict.Equal,
            _ => verdict,
        };
    }

    /// <summary>The sequence that <c>nextval</c> names; <c>public</c> may be left out.</summary>
    private static string? SequenceOf(SqlExpression value)
    {
        if (Constant(value.Text) is not { } text)
        {
            return null;
        }

        var names = ExpressionLexer.Read(text).Where(t => t.Kind == ExpressionTokenKind.Name).Select(t => t.Text).ToList();
        return names is ["public", var name] ? name : string.Join('.', names);
    }

    private static bool SameJson(string from, string to)
    {
        try
        {
            return Constant(from) is { } left && Constant(to) is { } right && JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool SameInstant(string from, string to) =>
        Constant(from) is { } left && Constant(to) is { } right && Instant(left) is { } first && Instant(right) is { } second && first == second;

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;

    /// <summary>The first string constant of an expression.</summary>
    private static string? Constant(string expression)
    {
        foreach (var token in ExpressionLexer.Read(expression))
        {
            if (token.Kind == ExpressionTokenKind.Text)
            {
                return token.Text;
            }
        }

        return null;
    }
}
