using Plumbline.Testing;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
[assembly: AssemblyFixture(typeof(PostgreSqlServers))]
