using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary><c>@shardKey</c> and <c>@@shardKey</c>, which only MySQL on PlanetScale has. Only that they stand there is kept.</summary>
internal static class ShardKeys
{
    /// <summary>Notes a shard key.</summary>
    public static void Add(BindingContext context, Model model, AttributeArguments arguments) =>
        context.ShardKeys.Add((model, arguments.Attribute));
}
