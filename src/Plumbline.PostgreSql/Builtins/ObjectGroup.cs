using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>The objects that come together: PostgreSQL's own, or those of one extension in the schema where it is installed.</summary>
internal sealed class ObjectGroup
{
    private readonly LineIndex<PgType> _types;
    private readonly LineIndex<PgFunction> _functions;
    private readonly LineIndex<PgOperator> _operators;
    private readonly LineIndex<PgRelation> _relations;
    private readonly Lazy<Dictionary<(uint, uint), PgCast>> _casts;
    private readonly Lazy<Dictionary<string, PgOperatorClass[]>> _operatorClasses;
    private readonly string _schema;

    /// <summary>Makes a group whose texts are read when they are needed.</summary>
    /// <param name="schema">The schema of the objects (a line that says <c>i</c> is in <c>information_schema</c>).</param>
    /// <param name="read">Gives the lines of one kind: <c>types</c>, <c>functions</c>, <c>operators</c>, <c>casts</c>, <c>operator-classes</c> or
    /// <c>relations</c>.</param>
    public ObjectGroup(string schema, Func<string, string> read)
    {
        _schema = schema;
        _types = new LineIndex<PgType>(() => read("types"), 0, ParseType);
        _functions = new LineIndex<PgFunction>(() => read("functions"), 0, ParseFunction);
        _operators = new LineIndex<PgOperator>(() => read("operators"), 0, ParseOperator);
        _relations = new LineIndex<PgRelation>(() => read("relations"), 0, ParseRelation);
        _casts = new(() => Lines(read("casts")).Select(ParseCast).ToDictionary(cast => (cast.SourceOid, cast.TargetOid)));
        _operatorClasses = new(() => Lines(read("operator-classes")).Select(ParseOperatorClass).GroupBy(k => k.AccessMethod).ToDictionary(group => group.Key, group => group.ToArray()));
    }

    /// <summary>The type of this number; else null.</summary>
    public PgType? GetType(uint oid) => _types.Get(oid);

    /// <summary>The type of this name in this schema; else null.</summary>
    public PgType? FindType(string schema, string name) => First(_types.Find(name), type => type.Schema == schema);

    /// <summary>The function of this number; else null.</summary>
    public PgFunction? GetFunction(uint oid) => _functions.Get(oid);

    /// <summary>The functions of this name in this schema.</summary>
    public IReadOnlyList<PgFunction> FindFunctions(string schema, string name) => schema == _schema ? _functions.Find(name) : [];

    /// <summary>The operator of this number; else null.</summary>
    public PgOperator? GetOperator(uint oid) => _operators.Get(oid);

    /// <summary>The operators of this symbol in this schema.</summary>
    public IReadOnlyList<PgOperator> FindOperators(string schema, string name) => schema == _schema ? _operators.Find(name) : [];

    /// <summary>The relation of this number; else null.</summary>
    public PgRelation? GetRelation(uint oid) => _relations.Get(oid);

    /// <summary>The relation of this name in this schema; else null.</summary>
    public PgRelation? FindRelation(string schema, string name) => First(_relations.Find(name), relation => relation.Schema == schema);

    /// <summary>The cast from one type to another; else null.</summary>
    public PgCast? FindCast(uint sourceOid, uint targetOid) => _casts.Value.GetValueOrDefault((sourceOid, targetOid));

    /// <summary>The operator classes of an index method.</summary>
    public IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod) => _operatorClasses.Value.GetValueOrDefault(accessMethod, []);

    /// <summary>The operator class of this number; else null.</summary>
    public PgOperatorClass? FindOperatorClass(uint oid) => _operatorClasses.Value.Values.SelectMany(group => group).FirstOrDefault(k => k.Oid == oid);

    /// <summary>Whether an operator class of this number is in the group.</summary>
    public bool OwnsOperatorClass(uint oid) => FindOperatorClass(oid) is not null;

    /// <summary>The index methods that have operator classes here.</summary>
    public IEnumerable<string> AccessMethods() => _operatorClasses.Value.Keys;

    /// <summary>Every type of the group.</summary>
    public IReadOnlyList<PgType> Types() => _types.All();

    /// <summary>Every function of the group.</summary>
    public IReadOnlyList<PgFunction> Functions() => _functions.All();

    /// <summary>Every relation of the group.</summary>
    public IReadOnlyList<PgRelation> Relations() => _relations.All();

    /// <summary>The lines of a text.</summary>
    public static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static T? First<T>(IReadOnlyList<T> found, Func<T, bool> matches)
        where T : class
    {
        foreach (var item in found)
        {
            if (matches(item))
            {
                return item;
            }
        }

        return null;
    }

    private static ImmutableArray<uint> ParseOids(ReadOnlySpan<char> field)
    {
        if (field.IsEmpty)
        {
            return [];
        }

        var oids = ImmutableArray.CreateBuilder<uint>();
        foreach (var part in field.Split(' '))
        {
            oids.Add(uint.Parse(field[part], CultureInfo.InvariantCulture));
        }

        return oids.ToImmutable();
    }

    private static PgCast ParseCast(string line)
    {
        var fields = new FieldReader(line);
        return new PgCast(fields.NextOid(), fields.NextOid(), fields.NextOid(), fields.NextChar(), fields.NextChar());
    }

    private PgOperatorClass ParseOperatorClass(string line)
    {
        var fields = new FieldReader(line);
        var method = fields.Next().ToString();
        var name = fields.Next().ToString();
        return new PgOperatorClass(fields.NextOid(), _schema, name, method, fields.NextOid(), fields.NextChar() == 'd');
    }

    private PgType ParseType(string line)
    {
        var fields = new FieldReader(line);
        var name = fields.Next().ToString();
        var oid = fields.NextOid();
        return new PgType(oid, fields.NextChar() == 'i' ? "information_schema" : _schema, name)
        {
            Kind = fields.NextChar() switch
            {
                'c' => PgTypeKind.Composite,
                'd' => PgTypeKind.Domain,
                'e' => PgTypeKind.Enum,
                'p' => PgTypeKind.Pseudo,
                'r' => PgTypeKind.Range,
                'm' => PgTypeKind.Multirange,
                _ => PgTypeKind.Base,
            },
            Category = fields.NextChar(),
            IsPreferred = fields.NextChar() == 'p',
            ElementOid = fields.NextOid(),
            IsArray = fields.NextChar() == 'a',
            ArrayOid = fields.NextOid(),
            BaseOid = fields.NextOid(),
            BaseModifier = fields.NextNumber(-1),
            CollationOid = fields.NextOid(),
            SubtypeOid = fields.NextOid(),
            InputVolatility = fields.NextVolatility(),
            OutputVolatility = fields.NextVolatility(),
        };
    }

    private PgFunction ParseFunction(string line)
    {
        var fields = new FieldReader(line);
        var name = fields.Next().ToString();
        return new PgFunction(fields.NextOid(), _schema, name)
        {
            Kind = fields.NextChar() switch { 'p' => PgFunctionKind.Procedure, 'a' => PgFunctionKind.Aggregate, 'w' => PgFunctionKind.Window, _ => PgFunctionKind.Function },
            Volatility = fields.NextVolatility(),
            ReturnTypeOid = fields.NextOid(),
            ReturnsSet = fields.NextChar() == 's',
            ArgumentTypes = ParseOids(fields.Next()),
            DefaultCount = fields.NextNumber(0),
            VariadicOid = fields.NextOid(),
            ArgumentNames = ParseNames(fields.Next()),
            OutColumns = ParseOutColumns(fields.Next()),
            AggregateKind = fields.NextChar(),
            DirectArgumentCount = fields.NextNumber(0),
        };
    }

    private static ImmutableArray<string> ParseNames(ReadOnlySpan<char> field) => field.IsEmpty ? [] : [.. field.ToString().Split(' ')];

    private static ImmutableArray<PgOutColumn> ParseOutColumns(ReadOnlySpan<char> field) => field.IsEmpty
        ? []
        : [.. field.ToString().Split(' ').Select(column => new PgOutColumn(column[..column.IndexOf(':')], uint.Parse(column.AsSpan(column.IndexOf(':') + 1), CultureInfo.InvariantCulture)))];

    private PgOperator ParseOperator(string line)
    {
        var fields = new FieldReader(line);
        var name = fields.Next().ToString();
        return new PgOperator(fields.NextOid(), _schema, name, fields.NextOid(), fields.NextOid(), fields.NextOid(), fields.NextOid(), fields.NextVolatility());
    }

    private PgRelation ParseRelation(string line)
    {
        var fields = new FieldReader(line);
        var name = fields.Next().ToString();
        var oid = fields.NextOid();
        var schema = fields.NextChar() == 'i' ? "information_schema" : _schema;
        var relation = new PgRelation(oid, schema, name, fields.NextChar());
        var columns = ImmutableArray.CreateBuilder<PgColumn>();
        foreach (var written in fields.Next().ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            columns.Add(ParseColumn(written, (short)(columns.Count + 1)));
        }

        return relation with { Columns = columns.ToImmutable() };
    }

    // name:type[:modifier][!][@collation]
    private PgColumn ParseColumn(string written, short number)
    {
        var collation = 0u;
        var at = written.IndexOf('@');
        if (at >= 0)
        {
            collation = uint.Parse(written.AsSpan(at + 1), CultureInfo.InvariantCulture);
            written = written[..at];
        }

        var isNotNull = written.EndsWith('!');
        var parts = written.TrimEnd('!').Split(':');
        var type = uint.Parse(parts[1], CultureInfo.InvariantCulture);
        return new PgColumn(
            number,
            parts[0],
            type,
            parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : -1,
            at >= 0 ? collation : _types.Get(type)?.CollationOid ?? 0)
        {
            IsNotNull = isNotNull,
        };
    }
}
