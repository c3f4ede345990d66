using Plumbline.Testing;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
