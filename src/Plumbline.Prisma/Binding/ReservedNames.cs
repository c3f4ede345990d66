namespace Plumbline.Prisma.Binding;

/// <summary>Names that a model or enum may not have, since the generated client could not (Prisma documentation, "Models", "Naming conventions").</summary>
internal static class ReservedNames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "PrismaClient", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends", "false",
        "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
        "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield"
    };

    /// <summary>Whether a name is one of them.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
