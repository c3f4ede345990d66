namespace Plumbline.PostgreSql.Builtins;

/// <summary>PostgreSQL's own types, functions, operators, casts, collations and operator classes.</summary>
internal static partial class BuiltinCatalog
{
    /// <summary>The first number that a database gives to objects that its users create.</summary>
    public const uint FirstUserOid = 16384;

    /// <summary>The first of the numbers that the known extensions' objects have.</summary>
    public const uint FirstExtensionOid = 0x8000_0000;
}
