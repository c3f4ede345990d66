namespace Plumbline.PostgreSql.Tests.Catalog;

/// <content>Constraints and indexes.</content>
internal static partial class HandMadeChanges
{
    /// <summary>Constraints and their states.</summary>
    public static TheoryData<string, string> Constraints => new()
    {
        {
            "ALTER TABLE lonely ADD PRIMARY KEY (a)",
            "add-primary-key lonely.lonely_pkey: nothing → PRIMARY KEY (a)"
        },
        {
            "ALTER TABLE keyed DROP CONSTRAINT keyed_pkey",
            "drop-primary-key keyed.keyed_pkey: PRIMARY KEY (a) → nothing"
        },
        {
            "ALTER TABLE keyed DROP CONSTRAINT keyed_pkey, ADD PRIMARY KEY (a, b)",
            "alter-primary-key keyed.keyed_pkey: PRIMARY KEY (a) → PRIMARY KEY (a, b)"
        },
        {
            "ALTER TABLE keyed RENAME CONSTRAINT keyed_pkey TO keyed_key",
            "rename-constraint keyed.keyed_key: keyed_pkey → keyed_key"
        },
        {
            "ALTER TABLE keyed DROP CONSTRAINT keyed_pkey, ADD PRIMARY KEY (a) DEFERRABLE",
            "alter-constraint-state keyed.keyed_pkey: NOT DEFERRABLE, VALID → DEFERRABLE"
        },
        {
            "ALTER TABLE users ADD CONSTRAINT users_nickname_key UNIQUE (nickname)",
            "add-unique users.users_nickname_key: nothing → UNIQUE (nickname)"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT users_email_key",
            "drop-unique users.users_email_key: UNIQUE (email) → nothing"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE (email, name)",
            "alter-unique users.users_email_key: UNIQUE (email) → UNIQUE (email, name)"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE NULLS NOT DISTINCT (email)",
            "alter-unique users.users_email_key: UNIQUE (email) → UNIQUE NULLS NOT DISTINCT (email)"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE (email) DEFERRABLE INITIALLY DEFERRED",
            "alter-constraint-state users.users_email_key: NOT DEFERRABLE, VALID → DEFERRABLE INITIALLY DEFERRED"
        },
        {
            "ALTER TABLE posts ADD CONSTRAINT posts_parent_fkey FOREIGN KEY (parent) REFERENCES posts",
            "add-foreign-key posts.posts_parent_fkey: nothing → (parent) REFERENCES posts (id)"
        },
        {
            "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey",
            "drop-foreign-key posts.posts_author_fkey: (author) REFERENCES users (id) → nothing"
        },
        {
            "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey, ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users ON DELETE CASCADE",
            "alter-foreign-key posts.posts_author_fkey: (author) REFERENCES users (id) → (author) REFERENCES users (id) ON DELETE CASCADE"
        },
        {
            "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey, ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users ON UPDATE SET NULL",
            "alter-foreign-key posts.posts_author_fkey: (author) REFERENCES users (id) → (author) REFERENCES users (id) ON UPDATE SET NULL"
        },
        {
            "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey, ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users MATCH FULL",
            "alter-foreign-key posts.posts_author_fkey: (author) REFERENCES users (id) → (author) REFERENCES users (id) MATCH FULL"
        },
        {
            "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey, ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users NOT VALID",
            "alter-constraint-state posts.posts_author_fkey: NOT DEFERRABLE, VALID → NOT VALID"
        },
        {
            "ALTER TABLE posts ALTER CONSTRAINT posts_author_fkey DEFERRABLE",
            "alter-constraint-state posts.posts_author_fkey: NOT DEFERRABLE, VALID → DEFERRABLE"
        },
        {
            "ALTER TABLE posts RENAME CONSTRAINT posts_author_fkey TO author_of_post",
            "rename-constraint posts.author_of_post: posts_author_fkey → author_of_post"
        },
        {
            "ALTER TABLE users ADD CONSTRAINT named CHECK (name <> '')",
            "add-check users.named: nothing → CHECK (((name)::text <> ''::text))"
        },
        {
            "ALTER TABLE users ADD CONSTRAINT named CHECK (name <> '') NOT VALID",
            "add-check users.named: nothing → CHECK (((name)::text <> ''::text)) NOT VALID"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT positive",
            "drop-check users.positive: CHECK ((score > (0)::numeric)) → nothing"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (score > 1)",
            "alter-check users.positive: CHECK ((score > (0)::numeric)) → CHECK ((score > (1)::numeric))"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (score > 0) NOT VALID",
            "alter-constraint-state users.positive: NOT DEFERRABLE, VALID → NOT VALID"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (score > 0) NO INHERIT",
            "alter-check users.positive: CHECK ((score > (0)::numeric)) → CHECK ((score > (0)::numeric)) NO INHERIT"
        },
        {
            "ALTER TABLE users RENAME CONSTRAINT positive TO above_zero",
            "rename-constraint users.above_zero: positive → above_zero"
        },
        {
            "ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)",
            "add-exclusion rooms.no_overlap: nothing → EXCLUDE USING gist (during WITH &&)"
        },
        {
            "ALTER TABLE rooms DROP CONSTRAINT free",
            "drop-exclusion rooms.free: EXCLUDE USING gist (during WITH &&) → nothing"
        },
    };

    /// <summary>Indexes and unique constraints.</summary>
    public static TheoryData<string, string> Indexes => new()
    {
        {
            "ALTER TABLE lonely CLUSTER ON lonely_idx",
            "alter-index lonely.lonely_idx: btree (a) → btree (a) CLUSTERED"
        },
        {
            "CREATE UNIQUE INDEX users_nickname_key ON users (nickname)",
            "add-unique users.users_nickname_key: nothing → UNIQUE btree (nickname)"
        },
        {
            "ALTER TABLE users DROP CONSTRAINT users_email_key; CREATE UNIQUE INDEX users_email_key ON users (email)",
            "alter-unique users.users_email_key: UNIQUE (email) → UNIQUE btree (email)"
        },
        {
            "CREATE INDEX added ON users (nickname)",
            "add-index users.added: nothing → btree (nickname)"
        },
        {
            "CREATE INDEX added ON users (lower(nickname))",
            "add-index users.added: nothing → btree ((lower(nickname)))"
        },
        {
            "CREATE INDEX added ON users (nickname) WHERE nickname IS NOT NULL",
            "add-index users.added: nothing → btree (nickname) WHERE (nickname IS NOT NULL)"
        },
        {
            "DROP INDEX users_name_idx",
            "drop-index users.users_name_idx: btree (name) → nothing"
        },
        {
            "ALTER INDEX users_name_idx RENAME TO by_name",
            "rename-index users.by_name: users_name_idx → by_name"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users USING hash (name)",
            "alter-index users.users_name_idx: btree (name) → hash (name)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name DESC)",
            "alter-index users.users_name_idx: btree (name) → btree (name DESC)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name NULLS FIRST)",
            "alter-index users.users_name_idx: btree (name) → btree (name NULLS FIRST)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name text_pattern_ops)",
            "alter-index users.users_name_idx: btree (name) → btree (name text_pattern_ops)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name COLLATE \"C\")",
            "alter-index users.users_name_idx: btree (name) → btree (name COLLATE C)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name) WHERE score > 0",
            "alter-index users.users_name_idx: btree (name) → btree (name) WHERE (score > (0)::numeric)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name) INCLUDE (email)",
            "alter-index users.users_name_idx: btree (name) → btree (name) INCLUDE (email)"
        },
        {
            "DROP INDEX users_name_idx; CREATE INDEX users_name_idx ON users (name, email)",
            "alter-index users.users_name_idx: btree (name) → btree (name, email)"
        },
        {
            "DROP INDEX users_name_idx; CREATE UNIQUE INDEX users_name_idx ON users (name)",
            "alter-index users.users_name_idx: btree (name) → UNIQUE btree (name)"
        },
        {
            "ALTER INDEX users_name_idx SET (fillfactor = 50)",
            "alter-index users.users_name_idx: btree (name) → btree (name) WITH (fillfactor=50)"
        },
        {
            "DROP INDEX users_lower_idx; CREATE INDEX users_lower_idx ON users (upper(email))",
            "alter-index users.users_lower_idx: btree ((lower(email))) → btree ((upper(email)))"
        },
        {
            "DROP INDEX users_partial_idx; CREATE INDEX users_partial_idx ON users (born) WHERE score > 2",
            "alter-index users.users_partial_idx: btree (born) WHERE (score > (1)::numeric) → btree (born) WHERE (score > (2)::numeric)"
        },
        {
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_name_idx'::regclass",
            "alter-index users.users_name_idx: btree (name) → btree (name) INVALID"
        },
    };
}
