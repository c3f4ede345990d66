namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>The order in which the statements of a plan are run where their dependencies leave a choice.</summary>
public enum PlanPhase
{
    /// <summary>Renames; all that follows uses the new names.</summary>
    Rename,

    /// <summary>Roles, schemas and extensions that others need.</summary>
    Prepare,

    /// <summary>Publications that go, to come again or for good, as all in the phases that follow: from the outside in.</summary>
    DropPublications,

    /// <summary>Policies, triggers and rules.</summary>
    DropWatchers,

    /// <summary>Views.</summary>
    DropViews,

    /// <summary>Partitions and children that leave their parents.</summary>
    Detach,

    /// <summary>Foreign keys.</summary>
    DropForeignKeys,

    /// <summary>Other constraints and indexes.</summary>
    DropConstraints,

    /// <summary>Functions that are made again.</summary>
    DropFunctions,

    /// <summary>Tables: what they are named by is free again afterwards.</summary>
    DropTables,

    /// <summary>Enum types and their values.</summary>
    Enums,

    /// <summary>New types, sequences, functions and tables.</summary>
    Create,

    /// <summary>Functions that are replaced.</summary>
    ReplaceFunctions,

    /// <summary>Defaults, identities and generated columns that go.</summary>
    DropDefaults,

    /// <summary>Sequences that go.</summary>
    DropSequences,

    /// <summary>Columns that are added or get another type.</summary>
    AlterColumns,

    /// <summary>Sequences behind columns that exist.</summary>
    Sequences,

    /// <summary>NOT NULL.</summary>
    SetNotNull,

    /// <summary>Defaults and identities that come.</summary>
    SetDefaults,

    /// <summary>Columns that go.</summary>
    DropColumns,

    /// <summary>Functions and types that go.</summary>
    DropObjects,

    /// <summary>Keys, checks and exclusions.</summary>
    AddConstraints,

    /// <summary>Partitions and inheritance.</summary>
    Attach,

    /// <summary>Rows of a table that is made again.</summary>
    CopyRows,

    /// <summary>Indexes.</summary>
    AddIndexes,

    /// <summary>Foreign keys.</summary>
    AddForeignKeys,

    /// <summary>Storage, clustering, replica identity, row-level security.</summary>
    Settings,

    /// <summary>Views.</summary>
    CreateViews,

    /// <summary>Triggers, rules and policies.</summary>
    AddWatchers,

    /// <summary>Triggers and rules that are switched, constraints that are validated: also those that went and came again.</summary>
    States,

    /// <summary>Publications.</summary>
    AddPublications,

    /// <summary>Comments.</summary>
    Comments,

    /// <summary>Owners.</summary>
    Owners,

    /// <summary>Privileges.</summary>
    Grants,

    /// <summary>Privileges of columns: those of the table take them away.</summary>
    ColumnGrants,

    /// <summary>Schemas and extensions that nothing needs any more.</summary>
    DropContainers,
}
