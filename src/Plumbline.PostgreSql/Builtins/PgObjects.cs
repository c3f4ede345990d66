namespace Plumbline.PostgreSql.Builtins;

/// <summary>A row of <c>pg_operator</c>.</summary>
/// <param name="Oid">Its identity.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its symbol.</param>
/// <param name="LeftOid">Type of the left operand; 0 for a prefix operator.</param>
/// <param name="RightOid">Type of the right operand.</param>
/// <param name="ResultOid">Type of the result.</param>
/// <param name="FunctionOid">The function that does the work.</param>
/// <param name="Volatility">That function's volatility.</param>
internal sealed record PgOperator(uint Oid, string Schema, string Name, uint LeftOid, uint RightOid, uint ResultOid, uint FunctionOid, PgVolatility Volatility);

/// <summary>A row of <c>pg_cast</c>.</summary>
/// <param name="SourceOid">Type that is cast.</param>
/// <param name="TargetOid">Type that it is cast to.</param>
/// <param name="FunctionOid">The function that casts; 0 where none does.</param>
/// <param name="Context"><c>i</c> implicit, <c>a</c> on assignment, <c>e</c> only by an explicit cast.</param>
/// <param name="Method"><c>f</c> by the function, <c>b</c> binary-coercible, <c>i</c> by the types' input and output functions.</param>
internal sealed record PgCast(uint SourceOid, uint TargetOid, uint FunctionOid, char Context, char Method);

/// <summary>A row of <c>pg_collation</c>.</summary>
/// <param name="Oid">Its identity.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
internal sealed record PgCollation(uint Oid, string Schema, string Name);

/// <summary>A row of <c>pg_opclass</c>.</summary>
/// <param name="Oid">Its identity.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="AccessMethod">The index method that it is for: <c>btree</c>, <c>gin</c> …</param>
/// <param name="InputOid">The type that it indexes.</param>
/// <param name="IsDefault">Whether it is the method's default for that type.</param>
internal sealed record PgOperatorClass(uint Oid, string Schema, string Name, string AccessMethod, uint InputOid, bool IsDefault);
