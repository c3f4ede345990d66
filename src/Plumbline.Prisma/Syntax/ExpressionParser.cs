using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>Reads values, arguments and attributes. What can't be read leaves the cursor where it was.</summary>
internal sealed class ExpressionParser(Cursor cursor)
{
    private int _depth;

    /// <summary>Reads a value, or nothing.</summary>
    public ExpressionSyntax? ParseExpression()
    {
        if (_depth >= ReadingBudget.SchemaDepth)
        {
            return null;
        }

        _depth++;
        try
        {
            // A number is asked for before a bare word, since names may begin with a digit; a call is asked for before both.
            return ParseCall() ?? ParseArray() ?? ParseObject() ?? cursor.TakeNumber() ?? cursor.TakeString() ?? (ExpressionSyntax?)ParseConstant();
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Reads an attribute behind its sign.</summary>
    /// <param name="start">Where its sign stands.</param>
    public AttributeSyntax? ParseAttribute(int start)
    {
        cursor.SkipBlanks();
        var name = cursor.TakePath();
        if (name is null)
        {
            return null;
        }

        cursor.SkipBlanks();
        var arguments = ParseArguments();
        return new AttributeSyntax(name, arguments, cursor.From(start));
    }

    /// <summary>Reads the attributes of a field or an enum value.</summary>
    public ImmutableArray<AttributeSyntax> ParseFieldAttributes()
    {
        var attributes = ImmutableArray.CreateBuilder<AttributeSyntax>(0);
        while (true)
        {
            var before = cursor.Position;
            cursor.SkipBlanks();
            var start = cursor.Position;
            if (!cursor.Take('@') || ParseAttribute(start) is not { } attribute)
            {
                cursor.Position = before;
                return attributes.DrainToImmutable();
            }

            attributes.Add(attribute);
        }
    }

    private ArgumentListSyntax? ParseArguments()
    {
        var start = cursor.Position;
        if (!cursor.Take('('))
        {
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<ArgumentSyntax>(1);
        var empty = ImmutableArray.CreateBuilder<IdentifierSyntax>(0);
        cursor.SkipBlanks();
        var behind = cursor.Position;
        while (TakeArgument(arguments, empty))
        {
            behind = cursor.Position;
            cursor.SkipBlanks();
            if (!cursor.Take(','))
            {
                break;
            }

            cursor.SkipBlanks();
        }

        cursor.Position = behind;
        cursor.SkipBlanks();
        TextSpan? trailingComma = cursor.Take(',') ? new TextSpan(cursor.Position - 1, 1) : null;
        cursor.SkipBlanks();
        if (!cursor.Take(')'))
        {
            cursor.Position = start;
            return null;
        }

        return new ArgumentListSyntax(arguments.DrainToImmutable(), empty.DrainToImmutable(), trailingComma, cursor.From(start));
    }

    private bool TakeArgument(ImmutableArray<ArgumentSyntax>.Builder arguments, ImmutableArray<IdentifierSyntax>.Builder empty)
    {
        var start = cursor.Position;
        if (cursor.TakeIdentifier() is { } name)
        {
            cursor.SkipBlanks();
            if (cursor.Take(':'))
            {
                var behindColon = cursor.Position;
                cursor.SkipBlanks();
                if (ParseExpression() is { } value)
                {
                    arguments.Add(new ArgumentSyntax(name, value, cursor.From(start)));
                }
                else
                {
                    cursor.Position = behindColon;
                    empty.Add(name);
                }

                return true;
            }

            cursor.Position = start;
        }

        if (ParseExpression() is not { } unnamed)
        {
            cursor.Position = start;
            return false;
        }

        arguments.Add(new ArgumentSyntax(null, unnamed, cursor.From(start)));
        return true;
    }

    private CallSyntax? ParseCall()
    {
        var start = cursor.Position;
        if (cursor.TakePath() is { } name)
        {
            cursor.SkipBlanks();
            if (ParseArguments() is { } arguments)
            {
                return new CallSyntax(name, arguments, cursor.From(start));
            }
        }

        cursor.Position = start;
        return null;
    }

    private ArraySyntax? ParseArray()
    {
        var start = cursor.Position;
        if (!cursor.Take('['))
        {
            return null;
        }

        var elements = ImmutableArray.CreateBuilder<ExpressionSyntax>(1);
        cursor.SkipBlanks();
        if (ParseExpression() is { } first)
        {
            elements.Add(first);
            cursor.SkipBlanks();
            while (cursor.Take(','))
            {
                cursor.SkipBlanks();
                if (ParseExpression() is not { } next)
                {
                    cursor.Position = start;
                    return null;
                }

                elements.Add(next);
                cursor.SkipBlanks();
            }
        }

        if (!cursor.Take(']'))
        {
            cursor.Position = start;
            return null;
        }

        return new ArraySyntax(elements.DrainToImmutable(), cursor.From(start));
    }

    private ObjectSyntax? ParseObject()
    {
        var start = cursor.Position;
        if (!cursor.Take('{'))
        {
            return null;
        }

        var members = ImmutableArray.CreateBuilder<ObjectMemberSyntax>();
        cursor.SkipBlanks();
        if (ParseObjectMember() is { } first)
        {
            members.Add(first);
            cursor.SkipBlanks();
            while (cursor.Take(','))
            {
                cursor.SkipBlanks();
                if (ParseObjectMember() is not { } next)
                {
                    cursor.Position = start;
                    return null;
                }

                members.Add(next);
                cursor.SkipBlanks();
            }
        }

        if (!cursor.Take('}'))
        {
            cursor.Position = start;
            return null;
        }

        return new ObjectSyntax(members.DrainToImmutable(), cursor.From(start));
    }

    private ObjectMemberSyntax? ParseObjectMember()
    {
        var start = cursor.Position;
        if (cursor.TakeIdentifier() is { } name)
        {
            cursor.SkipBlanks();
            if (cursor.Take(':'))
            {
                cursor.SkipBlanks();
                if (ParseExpression() is { } value)
                {
                    return new ObjectMemberSyntax(name, value, cursor.From(start));
                }
            }
        }

        cursor.Position = start;
        return null;
    }

    private ConstantSyntax? ParseConstant() => cursor.TakePath() is { } path ? new ConstantSyntax(path.Text, path.Span) : null;
}
