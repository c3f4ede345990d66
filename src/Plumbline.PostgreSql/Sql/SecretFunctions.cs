using System.Collections.Frozen;

namespace Plumbline.PostgreSql.Sql;

/// <summary>Functions one of whose arguments is a password or a key.</summary>
/// <remarks>PostgreSQL documentation, "pgcrypto" and "dblink"; Supabase documentation, "Vault"; pgjwt, "sign" and "verify".</remarks>
internal static class SecretFunctions
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create<string>(
        StringComparer.OrdinalIgnoreCase,
        "crypt", "hmac", "encrypt", "encrypt_iv", "decrypt", "decrypt_iv",
        "pgp_sym_encrypt", "pgp_sym_encrypt_bytea", "pgp_sym_decrypt", "pgp_sym_decrypt_bytea", "pgp_pub_decrypt", "pgp_pub_decrypt_bytea",
        "dblink", "dblink_connect", "dblink_connect_u", "dblink_exec", "dblink_send_query", "dblink_open", "create_secret", "update_secret", "sign", "verify");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a function is one of them.</summary>
    /// <param name="name">Its name as it is written, in quotes or without.</param>
    public static bool Contains(ReadOnlySpan<char> name) => Lookup.Contains(name.Trim('"'));
}
