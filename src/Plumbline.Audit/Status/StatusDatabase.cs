namespace Plumbline.Audit.Status;

/// <summary>The database that migrations were compared with.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Name">Its name.</param>
/// <param name="Server">The server's version, such as <c>15.18</c>.</param>
public sealed record StatusDatabase(string Host, int Port, string Name, string Server);
