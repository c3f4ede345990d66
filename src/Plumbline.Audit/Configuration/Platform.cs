namespace Plumbline.Audit.Configuration;

/// <summary>What exists in a database before the first migration.</summary>
public enum Platform
{
    /// <summary>Nothing but what PostgreSQL brings.</summary>
    None,

    /// <summary>Supabase's schemas, roles and functions.</summary>
    Supabase,
}
