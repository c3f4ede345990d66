using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Npgsql;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>Says in words of its own why a database could not be reached or read: what a driver or server says may hold anything.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether an exception is about the connection or the server, and no fault of the program.</summary>
    public static bool Explains(Exception exception) =>
        exception is NpgsqlException or ServerLimitException or SocketException or TimeoutException or IOException or AuthenticationException or ArgumentException or NotSupportedException || IsOfWrongAnswers(exception);

    // What the driver, and the reader of rows, throw where a server's answer is not what PostgreSQL would send. The driver itself may then throw anything.
    private static bool IsOfWrongAnswers(Exception exception) =>
        exception.Source == "Npgsql" || exception is InvalidCastException or FormatException or OverflowException or IndexOutOfRangeException or KeyNotFoundException or OutOfMemoryException or InvalidOperationException or DecoderFallbackException;

    /// <summary>Why opening a connection was given up.</summary>
    public static CatalogException OfOpening(ServerLimitException limit, DatabaseHost host) => new(
        limit.IsTime ? CatalogFailure.TimedOut : CatalogFailure.Other,
        string.Create(CultureInfo.InvariantCulture, $"The database server {host.Name}:{host.Port} could not be reached: {limit.Message}. Check that it is a PostgreSQL server."));

    /// <summary>Why reading was given up.</summary>
    public static CatalogException OfReading(ServerLimitException limit, CatalogOptions options) => new(
        limit.IsTime ? CatalogFailure.TimedOut : CatalogFailure.Other,
        limit.IsTime
            ? string.Create(CultureInfo.InvariantCulture, $"The database's catalog could not be read: the server did not finish within {options.Deadline.TotalSeconds:0.#} seconds.")
            : $"The database's catalog could not be read: {limit.Message}.");

    /// <summary>Why a connection could not be opened.</summary>
    public static CatalogException OfOpening(Exception exception, DatabaseUrl url, DatabaseHost host, TimeSpan patience)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{host.Name}:{host.Port}");
        var inner = Innermost(exception);
        if (Find<PostgresException>(exception) is { } answer)
        {
            return OfAnswer(answer, url, place);
        }

        if (Find<SocketException>(exception) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                    new CatalogException(CatalogFailure.NameNotFound, $"The database server {place} could not be reached: the host name cannot be resolved. Check the name, and whether it exists only in another network."),
                SocketError.ConnectionRefused or SocketError.AddressNotAvailable =>
                    new CatalogException(CatalogFailure.Refused, $"The database server {place} could not be reached: nothing is listening there. Check the port, and whether the server is running."),
                SocketError.TimedOut => TimedOut(place, patience),
                SocketError.NetworkUnreachable or SocketError.HostUnreachable =>
                    new CatalogException(CatalogFailure.TimedOut, $"The database server {place} could not be reached: there is no route to it."),
                _ => new CatalogException(CatalogFailure.Lost, $"The database server {place} could not be reached: the connection broke ({socket.SocketErrorCode})."),
            };
        }

        if (Find<TimeoutException>(exception) is not null)
        {
            return TimedOut(place, patience);
        }

        if (Find<AuthenticationException>(exception) is not null || exception.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return new CatalogException(CatalogFailure.Tls, $"The database server {place} and plumb could not agree on encryption. Check sslmode and sslrootcert in the URL.");
        }

        if (exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            return new CatalogException(CatalogFailure.Login, $"The database server {place} requires a password, and the URL has none.");
        }

        if (url.Parameter("gssencmode") == "require")
        {
            return new CatalogException(CatalogFailure.Tls, "The URL asks for Kerberos encryption, which plumb does not support. Remove gssencmode from it, and use sslmode instead.");
        }

        return inner is IOException
            ? new CatalogException(CatalogFailure.Lost, $"The database server {place} closed the connection before it answered. Check that it is a PostgreSQL server.")
            : new CatalogException(CatalogFailure.Other, IsOfWrongAnswers(exception)
                ? $"The database server {place} could not be reached: its answers are not those of PostgreSQL."
                : $"The database server {place} could not be reached: {exception.GetType().Name}.");
    }

    /// <summary>Why reading broke off.</summary>
    public static CatalogException OfReading(Exception exception, CatalogOptions options)
    {
        if (Find<PostgresException>(exception) is { } answer)
        {
            return answer.SqlState switch
            {
                PostgresErrorCodes.LockNotAvailable => new CatalogException(
                    CatalogFailure.Locked,
                    string.Create(CultureInfo.InvariantCulture, $"The database's catalog could not be read: another session has held a lock on a table for more than {options.LockTimeout.TotalSeconds:0.#} seconds. Try again when that session is done."),
                    answer.SqlState),
                PostgresErrorCodes.QueryCanceled => new CatalogException(
                    CatalogFailure.TimedOut,
                    string.Create(CultureInfo.InvariantCulture, $"The database's catalog could not be read: a query took more than {options.StatementTimeout.TotalSeconds:0.#} seconds, or was cancelled."),
                    answer.SqlState),
                PostgresErrorCodes.InsufficientPrivilege => new CatalogException(CatalogFailure.Denied, $"The database could not be read: {answer.MessageText}.", answer.SqlState),
                PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => new CatalogException(CatalogFailure.Lost, "The server was stopped while its catalog was read.", answer.SqlState),
                _ => new CatalogException(CatalogFailure.Other, $"The database could not be read: {answer.MessageText} ({answer.SqlState}).", answer.SqlState),
            };
        }

        if (Find<NpgsqlException>(exception) is null && IsOfWrongAnswers(exception))
        {
            return new CatalogException(CatalogFailure.Other, "The database's catalog could not be read: the server's answers are not those of PostgreSQL.");
        }

        return Find<TimeoutException>(exception) is not null
            ? new CatalogException(CatalogFailure.TimedOut, "The database's catalog could not be read: the server stopped answering.")
            : new CatalogException(CatalogFailure.Lost, "The database's catalog could not be read: the connection was lost.");
    }

    /// <summary>Why a shadow database could not be made, filled or dropped.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="attempt">What was tried: <c>made</c>, <c>filled</c> or <c>dropped</c>.</param>
    public static CatalogException OfShadow(Exception exception, string attempt) => Find<PostgresException>(exception) is { } answer
        ? new CatalogException(CatalogFailure.Other, $"The shadow database could not be {attempt}: {answer.MessageText} ({answer.SqlState}).", answer.SqlState)
        : Find<ServerLimitException>(exception) is { IsTime: false } limit
            ? new CatalogException(CatalogFailure.Other, $"The shadow database could not be {attempt}: {limit.Message}.")
            : IsTimeOut(exception)
                ? new CatalogException(CatalogFailure.TimedOut, $"The shadow database could not be {attempt}: the server stopped answering.")
                : new CatalogException(CatalogFailure.Lost, $"The shadow database could not be {attempt}: the connection was lost.");

    /// <summary>Whether an exception says that the server took too long.</summary>
    public static bool IsTimeOut(Exception exception) => Find<TimeoutException>(exception) is not null || Find<ServerLimitException>(exception) is { IsTime: true };

    /// <summary>Why a run of migrations was ended at a statement.</summary>
    public static CatalogException OfStatement(SourceLocation statement, CatalogOptions options) => new(
        CatalogFailure.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"The statement at {statement} did not finish within {options.StatementTimeout.TotalSeconds:0.#} seconds in the shadow database, so the run was ended."));

    /// <summary>Why a run of migrations was ended.</summary>
    public static CatalogException OfRun(string migration, CatalogOptions options) => new(
        CatalogFailure.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"The migrations did not finish within {options.RunDeadline.TotalSeconds:0.#} seconds in the shadow database. The migration {migration} was running."));

    private static CatalogException OfAnswer(PostgresException answer, DatabaseUrl url, string place)
    {
        var user = url.User is null ? "the role" : $"the role \"{url.User}\"";
        return answer.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                new CatalogException(CatalogFailure.Login, $"The database server {place} rejected the login of {user}. Check the user and the password in the URL, and the server's pg_hba.conf.", answer.SqlState),
            PostgresErrorCodes.InvalidCatalogName => new CatalogException(CatalogFailure.NoSuchDatabase, $"The database server {place} has no database \"{url.Database ?? url.User}\".", answer.SqlState),
            PostgresErrorCodes.InsufficientPrivilege => new CatalogException(CatalogFailure.Denied, $"The database server {place} does not let {user} connect to the database \"{url.Database}\".", answer.SqlState),
            PostgresErrorCodes.TooManyConnections => new CatalogException(CatalogFailure.Denied, $"The database server {place} has no connections left.", answer.SqlState),
            PostgresErrorCodes.ProtocolViolation when answer.MessageText.Contains("startup parameter", StringComparison.Ordinal) =>
                new CatalogException(CatalogFailure.Other, $"The server at {place} is a pooler that does not accept startup options. Unset PGOPTIONS, and remove options from the URL.", answer.SqlState),
            PostgresErrorCodes.CannotConnectNow => new CatalogException(CatalogFailure.Refused, $"The database server {place} is starting or stopping. Try again in a moment.", answer.SqlState),
            _ => new CatalogException(CatalogFailure.Other, $"The database server {place} refused the connection ({answer.SqlState}).", answer.SqlState),
        };
    }

    private static CatalogException TimedOut(string place, TimeSpan patience) => new(
        CatalogFailure.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"The database server {place} did not answer within {patience.TotalSeconds:0.#} seconds. Check the host, the port and any firewall in between."));

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }
        }

        return null;
    }
}
