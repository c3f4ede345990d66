using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <content>References to columns and rows (<c>transformColumnRef</c>, <c>parse_relation.c</c>).</content>
internal sealed partial class Analyzer
{
    private static readonly (string Name, short Number, uint Type)[] SystemColumns =
    [
        ("ctid", -1, 27), ("xmin", -2, 28), ("cmin", -3, 29), ("xmax", -4, 28), ("cmax", -5, 29), ("tableoid", -6, TypeOids.Oid),
    ];

    private Expr TransformColumn(ParseState state, ColumnRefExpr node)
    {
        switch (state.Kind)
        {
            case ExpressionKind.ColumnDefault:
                throw Refuse("0A000", "cannot use column reference in DEFAULT expression", node.Location);
            case ExpressionKind.PartitionBound:
                throw Refuse("0A000", "cannot use column reference in partition bound expression", node.Location);
        }

        var parts = node.Parts;
        if (node.IsStar)
        {
            if (parts.IsEmpty)
            {
                throw new NotUnderstoodException("a star where no list stands");
            }

            var (row, rowLevels) = FindItem(state, parts.Length > 1 ? parts[^2].Name : null, parts[^1].Name, node.Location);
            return row is null ? throw MissingItem(state, parts[^1].Name, node.Location) : WholeRow(row, rowLevels, node.Location);
        }

        if (parts.Length == 1)
        {
            if (state.DomainType != 0 && parts[0].Name == "value")
            {
                return new DomainValueExpr(state.DomainType, state.DomainModifier, node.Location) { Collation = CollationOf(state.DomainType) };
            }

            if (FindColumn(state, parts[0].Name, node.Location) is { } column)
            {
                return column;
            }

            var (whole, wholeLevels) = FindItem(state, null, parts[0].Name, node.Location);
            return whole is null ? throw MissingColumn(state, null, parts[0].Name, node.Location) : WholeRow(whole, wholeLevels, node.Location);
        }

        if (parts.Length > 4)
        {
            throw Refuse("42601", $"improper qualified name (too many dotted names): {string.Join('.', parts)}", node.Location);
        }

        if (parts.Length == 4)
        {
            throw new NotUnderstoodException("a name that names the database");
        }

        var relation = parts[^2].Name;
        var (item, levels) = FindItem(state, parts.Length == 3 ? parts[0].Name : null, relation, node.Location);
        if (item is null)
        {
            throw MissingItem(state, relation, node.Location);
        }

        var name = parts[^1].Name;
        return ColumnOf(state, item, levels, name, node.Location)
            ?? TransformFieldOrFunction(state, WholeRow(item, levels, node.Location), name, node.Location)
            ?? throw MissingColumn(state, relation, name, node.Location);
    }

    private Expr? FindColumn(ParseState origin, string name, int location)
    {
        var levels = 0;
        for (var state = origin; state is not null; state = state.Parent, levels++)
        {
            Expr? found = null;
            foreach (var item in state.Namespace)
            {
                if (!item.AreColumnsVisible || (item.IsLateralOnly && !state.IsLateralActive) ||
                    ColumnOf(origin, item, levels, name, location) is not { } column)
                {
                    continue;
                }

                if (found is not null)
                {
                    throw Refuse("42702", $"column reference \"{name}\" is ambiguous", location);
                }

                CheckLateral(item, location);
                found = column;
            }

            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static void CheckLateral(NamespaceItem item, int location)
    {
        if (item.IsLateralOnly && !item.IsLateralOk)
        {
            throw Refuse(
                "42P10",
                $"invalid reference to FROM-clause entry for table \"{item.Name}\"",
                location,
                detail: "The combining JOIN type must be INNER or LEFT for a LATERAL reference.");
        }
    }

    private static Expr? ColumnOf(ParseState state, NamespaceItem item, int levels, string name, int location)
    {
        NamespaceColumn? found = null;
        foreach (var column in item.Columns)
        {
            if (column.Name != name)
            {
                continue;
            }

            if (found is not null)
            {
                throw Refuse("42702", $"column reference \"{name}\" is ambiguous", location);
            }

            found = column;
        }

        if (found is { } known)
        {
            return MakeVar(known, levels, location);
        }

        if (item.Range.Kind != RangeKind.Relation)
        {
            return null;
        }

        foreach (var (systemName, number, type) in SystemColumns)
        {
            if (systemName != name)
            {
                continue;
            }

            if (state.Kind == ExpressionKind.Check && name != "tableoid")
            {
                throw Refuse("42P10", $"system column \"{name}\" reference in check constraint is invalid", location);
            }

            if (state.Kind == ExpressionKind.GeneratedColumn && name != "tableoid")
            {
                throw Refuse("42P10", $"cannot use system column \"{name}\" in column generation expression", location);
            }

            return new VarExpr(item.Index, number, levels, type, -1, location);
        }

        return null;
    }

    private static VarExpr MakeVar(NamespaceColumn column, int levels, int location) =>
        new(
            column.Item,
            column.Column,
            levels,
            column.Type,
            column.Modifier,
            location)
        { Collation = column.Collation, BaseItem = column.BaseItem, BaseColumn = column.BaseColumn };

    private (NamespaceItem? Item, int Levels) FindItem(ParseState origin, string? schema, string name, int location)
    {
        var relation = 0u;
        if (schema is not null)
        {
            if (_catalog.FindRelation(schema, name) is not { } found)
            {
                return (null, 0);
            }

            relation = found.Oid;
        }

        var levels = 0;
        for (var state = origin; state is not null; state = state.Parent, levels++)
        {
            NamespaceItem? result = null;
            foreach (var item in state.Namespace)
            {
                if (!item.IsRelationVisible || (item.IsLateralOnly && !state.IsLateralActive))
                {
                    continue;
                }

                var matches = schema is null
                    ? item.Name == name
                    : item.Range is { Kind: RangeKind.Relation, Alias: null } && item.Range.Relation == relation;
                if (!matches)
                {
                    continue;
                }

                if (result is not null)
                {
                    throw Refuse("42P09", $"table reference \"{name}\" is ambiguous", location);
                }

                CheckLateral(item, location);
                result = item;
            }

            if (result is not null)
            {
                return (result, levels);
            }
        }

        return (null, 0);
    }

    private Expr WholeRow(NamespaceItem item, int levels, int location)
    {
        var range = item.Range;
        switch (range.Kind)
        {
            case RangeKind.Relation:
                var relation = _catalog.GetRelation(range.Relation);
                return new VarExpr(item.Index, 0, levels, relation?.RowTypeOid is > 0 ? relation.RowTypeOid : TypeOids.Record, -1, location);
            case RangeKind.Function when range.Functions.Length == 1 && !range.WithOrdinality && range.Columns.Count == 1 &&
                !_types.IsComplex(range.Functions[0].Call.Type):
                // A function that returns one plain value: its row is that value.
                return new VarExpr(
                    item.Index, 1, levels, range.Columns[0].Type, range.Columns[0].Modifier, location)
                { Collation = range.Columns[0].Collation };
            default:
                if (item.Name == range.UsingAlias)
                {
                    throw new NotUnderstoodException("the row of a USING alias");
                }

                return new VarExpr(item.Index, 0, levels, TypeOids.Record, -1, location);
        }
    }

    private RefusalException MissingItem(ParseState origin, string name, int location)
    {
        if (_catalog.HasUnknownObjects)
        {
            throw new NotUnderstoodException("a name");
        }

        // A real relation of that name that stands in FROM under another one, or that cannot be seen from here.
        for (var state = origin; state is not null; state = state.Parent)
        {
            foreach (var range in state.Query.Items)
            {
                var isRelation = range.Kind == RangeKind.Relation && Printing.Visibility.FindRelation(_catalog, name)?.Oid == range.Relation;
                if (!isRelation && range.Name != name)
                {
                    continue;
                }

                var useAlias = range.Alias is not null && range.Name != name && FindItem(origin, null, range.Name, location).Item?.Range == range;
                return Refuse(
                    "42P01",
                    $"invalid reference to FROM-clause entry for table \"{name}\"",
                    location,
                    useAlias
                        ? $"Perhaps you meant to reference the table alias \"{range.Name}\"."
                        : $"There is an entry for table \"{range.Name}\", but it cannot be referenced from this part of the query.");
            }
        }

        return Refuse("42P01", $"missing FROM-clause entry for table \"{name}\"", location);
    }

    private static RefusalException MissingColumn(ParseState origin, string? relation, string name, int location)
    {
        var message = relation is null ? $"column \"{name}\" does not exist" : $"column {relation}.{name} does not exist";
        return Refuse("42703", message, location, MisspelledColumn.Hint(origin, relation, name));
    }

    /// <summary>A field of a row, or a function that is called by field notation; null where there is neither.</summary>
    private Expr? TransformFieldOrFunction(ParseState state, Expr row, string name, int location)
    {
        if (_types.IsComplex(row.Type) && Field(state, row, name) is { } field)
        {
            return field;
        }

        var call = ResolveCall(state, new QualifiedName(default, [new Identifier(name, default)]), [row], location, isColumnNotation: true);
        return call;
    }

    /// <summary>A field of a row (<c>ParseComplexProjection</c>); null where it has none of that name.</summary>
    private Expr? Field(ParseState state, Expr row, string name)
    {
        if (row is VarExpr { Column: 0 } whole)
        {
            var scope = state;
            for (var i = 0; i < whole.LevelsUp; i++)
            {
                scope = scope.Parent!;
            }

            var item = scope.Namespace.Find(n => n.Index == whole.Item);
            if (item is not null)
            {
                return ColumnOf(state, item, whole.LevelsUp, name, whole.Location) is VarExpr { Column: > 0 } column ? column : null;
            }
        }

        if (RowFields(row) is not { } fields)
        {
            throw new NotUnderstoodException("a field of a row whose shape is not known");
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
            {
                return new FieldExpr(row, (short)(i + 1), name, fields[i].Type, fields[i].Modifier) { Collation = fields[i].Collation };
            }
        }

        return null;
    }

    /// <summary>The fields of a row value; null where they are not known.</summary>
    private List<OutputColumn>? RowFields(Expr row)
    {
        if (_catalog.GetType(_types.BaseType(row.Type)) is { Kind: PgTypeKind.Composite } type && _catalog.GetRelation(type.RelationOid) is { } relation)
        {
            // Fields are numbered by position only as long as no column was dropped; then their numbers are not those of the list.
            return relation.Columns.Select((c, i) => (c, i)).All(p => p.c.Number == p.i + 1)
                ? relation.Columns.Select(c => new OutputColumn(c.Name, c.TypeOid, c.Modifier, c.CollationOid)).ToList()
                : null;
        }

        if (row is FuncExpr function && _catalog.GetFunction(function.Function) is { OutColumns.IsEmpty: false } procedure)
        {
            return procedure.OutColumns.Any(c => TypeSystem.IsPolymorphic(c.TypeOid))
                ? null
                : procedure.OutColumns.Select((c, i) => new OutputColumn(
                    c.Name.Length > 0 ? c.Name : $"column{i + 1}", c.TypeOid, -1, CollationOf(c.TypeOid))).ToList();
        }

        return null;
    }

    private Expr TransformIndirection(ParseState state, IndirectionExpr node)
    {
        var result = Transform(state, node.Operand);
        var location = Locations.Of(result);
        var subscripts = new List<SubscriptStep>();
        foreach (var step in node.Steps)
        {
            if (step is SubscriptStep subscript)
            {
                subscripts.Add(subscript);
                continue;
            }

            if (step is not FieldStep field)
            {
                throw Refuse("0A000", "row expansion via \"*\" is not supported here", location);
            }

            if (subscripts.Count > 0)
            {
                result = MakeSubscript(state, result, subscripts);
                subscripts.Clear();
            }

            result = TransformFieldOrFunction(state, result, field.Name.Name, location) ?? throw UnknownField(state, result, field.Name.Name, location);
        }

        return subscripts.Count > 0 ? MakeSubscript(state, result, subscripts) : result;
    }

    private RefusalException UnknownField(ParseState state, Expr row, string name, int location)
    {
        if (row is VarExpr { Column: 0 } whole && whole.LevelsUp == 0)
        {
            return Refuse("42703", $"column {state.Query.Items[whole.Item - 1].Name}.{name} does not exist", location);
        }

        if (row.Type == TypeOids.Record)
        {
            return Refuse("42703", $"could not identify column \"{name}\" in record data type", location);
        }

        return _types.IsComplex(row.Type)
            ? Refuse("42703", $"column \"{name}\" not found in data type {_types.Format(row.Type)}", location)
            : Refuse("42809", $"column notation .{name} applied to type {_types.Format(row.Type)}, which is not a composite type", location);
    }

    private SubscriptExpr MakeSubscript(ParseState state, Expr container, List<SubscriptStep> steps)
    {
        var (type, modifier) = _types.BaseType(container.Type, container.Modifier);
        var isSlice = steps.Exists(step => step.IsSlice);
        var subscripts = ImmutableArray.CreateBuilder<Subscript>();
        if (type == TypeOids.Jsonb)
        {
            foreach (var step in steps)
            {
                if (isSlice)
                {
                    throw Refuse("42804", "jsonb subscript does not support slices", (step.Upper ?? step.Lower)?.Location);
                }

                subscripts.Add(new Subscript(null, JsonSubscript(Transform(state, step.Upper!)), false));
            }

            return new SubscriptExpr(container, subscripts.ToImmutable(), TypeOids.Jsonb, -1);
        }

        var element = _types.Get(type) is { ElementOid: not 0 } known &&
            (known.IsArray || type is TypeOids.Int2Vector or TypeOids.OidVector or TypeOids.Name or TypeOids.Point)
            ? known.ElementOid
            : 0;
        if (element == 0)
        {
            throw Refuse("42804", $"cannot subscript type {_types.Format(type)} because it does not support subscripting", Locations.Of(container));
        }

        foreach (var step in steps)
        {
            var lower = !isSlice
                ? null
                : step.Lower is not null
                ? ArraySubscript(state, step.Lower)
                : step.IsSlice
                ? null
                : new ConstExpr("1", TypeOids.Int4, -1, -1);
            subscripts.Add(new Subscript(lower, step.Upper is null ? null : ArraySubscript(state, step.Upper), isSlice));
        }

        return new SubscriptExpr(container, subscripts.ToImmutable(), isSlice ? type : element, modifier) { Collation = container.Collation };
    }

    private Expr ArraySubscript(ParseState state, SqlExpr written) =>
        CoerceTo(Transform(state, written), TypeOids.Int4, -1, CoercionContext.Assignment, CoercionForm.Implicit, -1)
            ?? throw Refuse("42804", "array subscript must have type integer", written.Span.Start);

    private Expr JsonSubscript(Expr subscript)
    {
        if (subscript.Type == TypeOids.Unknown)
        {
            return Coerce(subscript, TypeOids.Text, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1);
        }

        var asNumber = _types.CanCoerce(subscript.Type, TypeOids.Int4, CoercionContext.Implicit);
        var asText = _types.CanCoerce(subscript.Type, TypeOids.Text, CoercionContext.Implicit);
        return asNumber == asText
            ? throw Refuse(
                "42804",
                $"subscript type {_types.Format(subscript.Type)} is not supported",
                Locations.Of(subscript),
                asNumber ? "jsonb subscript must be coercible to only one type, integer or text." : "jsonb subscript must be coercible to either integer or text.")
            : Coerce(subscript, asNumber ? TypeOids.Int4 : TypeOids.Text, -1, CoercionContext.Implicit, CoercionForm.Implicit, -1);
    }
}
