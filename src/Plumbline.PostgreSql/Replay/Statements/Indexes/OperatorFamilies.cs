using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Replay.Statements.Indexes;

/// <summary>The B-tree operator families whose members can be compared across types (<c>pg_amop</c>).</summary>
internal static class OperatorFamilies
{
    /// <summary>A number for the family of a type; 0 where no other type is in it.</summary>
    public static int OfEquality(uint type) => type switch
    {
        TypeOids.Int2 or TypeOids.Int4 or TypeOids.Int8 => 1,
        TypeOids.Float4 or TypeOids.Float8 => 2,
        TypeOids.Date or TypeOids.Timestamp or TypeOids.TimestampTz => 3,
        TypeOids.Text or TypeOids.Name => 4,
        _ => 0,
    };

    /// <summary>Whether the family of these types has an equality operator for this pair; those above have all of them.</summary>
    public static bool HasCrossOperator(uint left, uint right) => OfEquality(left) == OfEquality(right);
}
