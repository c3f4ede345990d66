using FsCheck;
using FsCheck.Fluent;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests;

/// <summary>Runs a property over generated values.</summary>
internal static class Check
{
    /// <summary>Fails with a small counterexample where the property does not hold.</summary>
    public static void Property<T>(Arbitrary<T> values, Func<T, bool> holds) =>
        FsCheck.Check.One(GeneratedValues.Config(), Prop.ForAll(values, holds));
}
