namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <summary>The kinds of objects that generated histories make.</summary>
internal enum ThingKind
{
    Schema,
    Table,
    View,
    MaterializedView,
    Sequence,
    Index,
    Enum,
    Domain,
    Composite,
    Function,
    Constraint,
    Trigger,
    Policy,
    Rule,
}

/// <summary>A column, as the generator believes it to be.</summary>
/// <param name="Name">Its name, quoted where it must be.</param>
/// <param name="Type">Its type.</param>
internal sealed record SketchColumn(string Name, string Type);

/// <summary>An object that the generator believes to exist.</summary>
internal sealed class Thing(ThingKind kind, string? schema, string name)
{
    /// <summary>Its kind.</summary>
    public ThingKind Kind { get; } = kind;

    /// <summary>Its schema; null for what has none of its own.</summary>
    public string? Schema { get; set; } = schema;

    /// <summary>Its name, quoted where it must be.</summary>
    public string Name { get; set; } = name;

    /// <summary>The relation that a constraint, index, trigger, policy or rule stands on.</summary>
    public Thing? On { get; init; }

    /// <summary>Its columns; of a constraint: the columns of its key.</summary>
    public List<SketchColumn> Columns { get; init; } = [];

    /// <summary>An enum's labels.</summary>
    public List<string> Labels { get; init; } = [];

    /// <summary>A function's argument types.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>What more there is to know: the parent's strategy of partitions, a function's result.</summary>
    public string Detail { get; set; } = "";
}

/// <summary>
/// What the generator believes the database to hold. It knows nothing of refusals and little of CASCADE, so it is often wrong; that is what makes
/// statements fail that otherwise would be aimed well.
/// </summary>
internal sealed class Sketch
{
    /// <summary>What is believed to exist.</summary>
    public List<Thing> Things { get; } = [new(ThingKind.Schema, null, "public")];

    /// <summary>Adds an object.</summary>
    public Thing Add(Thing thing)
    {
        Things.Add(thing);
        return thing;
    }

    /// <summary>Removes an object, and what stands on it or in it.</summary>
    public void Remove(Thing thing) =>
        Things.RemoveAll(t => t == thing || t.On == thing || (thing.Kind == ThingKind.Schema && thing.Name != "public" && t.Schema == thing.Name));

    /// <summary>The objects of a kind.</summary>
    public List<Thing> Of(ThingKind kind) => Things.FindAll(t => t.Kind == kind);
}
