using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>
/// What an object grants where nothing is written: its owner may do everything, and everyone may execute functions and use types. PostgreSQL
/// documentation, "Privileges". A list that says just that is the same as none, and <c>pg_dump</c> leaves it out.
/// </summary>
internal static class DefaultGrants
{
    private const string Everyone = "";

    /// <summary>The privileges of an object whose list is not written.</summary>
    /// <param name="item">The object.</param>
    /// <param name="owner">Its owner.</param>
    internal static ImmutableArray<Grant> Of(SchemaObject item, string owner) => item switch
    {
        Table or View => [new Grant(owner, owner, "arwdDxt")],
        Sequence => [new Grant(owner, owner, "rwU")],
        Function => [new Grant(Everyone, owner, "X"), new Grant(owner, owner, "X")],
        EnumType or DomainType or CompositeType or RangeType => [new Grant(Everyone, owner, "U"), new Grant(owner, owner, "U")],
        Namespace => [new Grant(owner, owner, "UC")],
        _ => [],
    };
}
