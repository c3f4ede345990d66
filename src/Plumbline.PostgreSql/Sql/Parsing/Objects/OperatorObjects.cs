using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Objects;

/// <summary>Operators, operator classes and families ("CREATE OPERATOR", "CREATE OPERATOR CLASS", "ALTER OPERATOR FAMILY").</summary>
internal static class OperatorObjects
{
    /// <summary>CREATE OPERATOR from OPERATOR on.</summary>
    public static SqlStatement Create(TokenReader r, int start)
    {
        r.Expect(K.Operator);
        if (r.At(K.Class) && r.Next.Symbol != '.')
        {
            r.Advance();
            return CreateClass(r, start);
        }

        if (r.At(K.Family) && r.Next.Symbol != '.')
        {
            r.Advance();
            var family = Names.Qualified(r);
            r.Expect(K.Using);
            var method = Names.Column(r);
            return new OperatorClassStatement(r.SpanFrom(start), SqlObjectKind.OperatorFamily, family, method, false, false, null, null, []);
        }

        var name = Names.AnyOperator(r);
        var options = Definitions.Parse(r);
        return new CreateDefinedObjectStatement(r.SpanFrom(start), SqlObjectKind.Operator, null, name, false, options);
    }

    /// <summary>ALTER OPERATOR from OPERATOR on.</summary>
    public static SqlStatement Alter(TokenReader r, int start)
    {
        r.Expect(K.Operator);
        if (r.At(K.Class, K.Family) && r.Next.Symbol != '.')
        {
            var kind = r.Advance().Keyword == K.Class ? SqlObjectKind.OperatorClass : SqlObjectKind.OperatorFamily;
            var target = ObjectReferences.OfKind(r, kind);
            if (kind == SqlObjectKind.OperatorFamily && r.At(K.Add, K.Drop))
            {
                return AlterFamily(r, start, target);
            }

            return r.At(K.Set) ? Alterations.SetSchema(r, start, target) : Rename(r, start, target);
        }

        var operatorReference = Signatures.Operator(r);
        if (r.At(K.Owner))
        {
            return Alterations.Owner(r, start, operatorReference);
        }

        if (r.AtPair(K.Set, K.Schema))
        {
            return Alterations.SetSchema(r, start, operatorReference);
        }

        r.Expect(K.Set);
        var options = Definitions.Parse(r);
        return new AlterDefinitionStatement(r.SpanFrom(start), operatorReference, options);
    }

    private static SqlStatement Rename(TokenReader r, int start, ObjectReference target) => Alterations.RenameOrOwner(r, start, target);

    private static OperatorClassStatement CreateClass(TokenReader r, int start)
    {
        var name = Names.Qualified(r);
        var isDefault = r.Accept(K.Default);
        r.Expect(K.For, K.Type);
        var type = TypeNames.Parse(r);
        r.Expect(K.Using);
        var method = Names.Column(r);
        var family = r.Accept(K.Family) ? Names.Qualified(r) : null;
        r.Expect(K.As);
        var items = Lists.Separated(r, Item);
        return new OperatorClassStatement(r.SpanFrom(start), SqlObjectKind.OperatorClass, name, method, false, isDefault, type, family, items);
    }

    private static OperatorClassStatement AlterFamily(TokenReader r, int start, ObjectReference target)
    {
        var isAdd = r.Advance().Keyword == K.Add;
        var items = isAdd ? Lists.Separated(r, Item) : Lists.Separated(r, DropItem);
        return new OperatorClassStatement(
            r.SpanFrom(start), SqlObjectKind.OperatorFamily, target.Name!, target.Using!.Value, true, false, null, null, items);
    }

    private static DefinitionOption Item(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Storage))
        {
            return Definitions.Make(r, start, "storage", TypeNames.Parse(r));
        }

        if (r.Accept(K.Operator))
        {
            Literals.Integer(r);
            var name = Names.AnyOperator(r);
            ImmutableArray<FunctionParameter>? types = r.At('(') ? Signatures.OperandTypes(r) : null;
            if (r.Accept(K.For))
            {
                if (!r.Accept(K.Search))
                {
                    r.Expect(K.Order, K.By);
                    Names.Qualified(r);
                }
            }

            var reference = new ObjectReference(r.SpanFrom(name.Span.Start), SqlObjectKind.Operator, null) { Operator = name, Parameters = types };
            return Definitions.Make(r, start, "operator", reference);
        }

        r.Expect(K.Function);
        Literals.Integer(r);
        if (r.At('('))
        {
            Lists.InParentheses(r, TypeNames.Parse);
        }

        return Definitions.Make(r, start, "function", Signatures.Function(r, SqlObjectKind.Function));
    }

    private static DefinitionOption DropItem(TokenReader r)
    {
        var start = r.Current.Start;
        if (!r.At(K.Operator, K.Function))
        {
            throw r.Unexpected();
        }

        var isOperator = r.Advance().Keyword == K.Operator;
        Literals.Integer(r);
        var types = Lists.InParentheses<SqlNode>(r, TypeNames.Parse);
        return Definitions.Make(r, start, isOperator ? "operator" : "function", new OptionList(r.SpanFrom(start), types));
    }
}
