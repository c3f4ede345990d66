using System.Collections.Immutable;
using Plumbline.Audit.Connections;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>Which database URL would be used, for people. It contains no password.</summary>
internal static class UrlPage
{
    /// <summary>Writes the connections of a repository's projects.</summary>
    public static void Write(ImmutableArray<ResolvedConnection> connections, TerminalPage page, bool isQuiet)
    {
        foreach (var connection in connections)
        {
            if (connections.Length > 1)
            {
                page.WriteLine(connection.Project ?? "", Styles.Strong);
            }

            if (connection.Chosen is { } chosen)
            {
                WriteChosen(chosen, page);
            }
            else
            {
                page.WriteProse(connection.Problem ?? "No database URL would be used.", "", "", Styles.Bad).WriteLine();
            }

            foreach (var warning in connection.Warnings)
            {
                page.Write("  ! ", Styles.Changed).WriteProse(warning, "", "    ");
            }

            if (!connection.Warnings.IsEmpty)
            {
                page.WriteLine();
            }

            if (!isQuiet)
            {
                WriteCandidates(connection, page);
            }
        }
    }

    private static void WriteChosen(ChosenConnection chosen, TerminalPage page)
    {
        page.WriteLine(chosen.Url.ToString(), Styles.Strong);
        Row(page, "from", chosen.Candidate.Location is { } place ? $"{chosen.Candidate.Variable} in {place}" : chosen.Candidate.Source, Styles.Path);
        Row(page, "why", chosen.Why);
        foreach (var host in chosen.Url.Hosts)
        {
            Row(page, "host", $"{host} ({chosen.Reach.Name()})");
        }

        Row(page, "database", chosen.Url.Database ?? chosen.Url.User ?? "not set");
        Row(page, "user", chosen.Url.User ?? "not set");
        Row(page, "password", chosen.PasswordSource is { } source ? $"hidden; from {source}" : "none");
        Row(page, "tls", $"{chosen.Tls}: {chosen.TlsWhy}");
        foreach (var parameter in chosen.Parameters)
        {
            Row(page, parameter.Name, $"{parameter.Value}  ({parameter.Source})");
        }

        page.WriteLine();
    }

    private static void Row(TerminalPage page, string name, string value, Style? style = null)
    {
        const int width = 18;
        page.Write("  " + name.PadRight(width), Styles.Faint).WriteProse(value, "", new string(' ', width + 2), style);
    }

    private static void WriteCandidates(ResolvedConnection connection, TerminalPage page)
    {
        if (connection.Candidates.IsEmpty)
        {
            page.WriteLine("No file sets a database URL.", Styles.Faint).WriteLine();
            return;
        }

        page.WriteLine("All places that set a database URL, in lookup order:", Styles.Faint);
        foreach (var candidate in connection.Candidates)
        {
            var (sign, style) = candidate == connection.Chosen?.Candidate ? ("→", Styles.Good) : connection.Agrees(candidate) switch
            {
                true => ("=", Styles.Faint),
                false => ("≠", Styles.Changed),
                null => ("·", Styles.Faint),
            };
            page.Write($"  {sign} ", style)
                .Write(candidate.Location is { } place ? $"{place.Path}:{place.Line}" : "environment", Styles.Path)
                .Write($"  {candidate.Variable}");
            page.WriteLine(
                candidate.Purpose is ConnectionPurpose.Main or ConnectionPurpose.Other
                    ? $"  {candidate.Origin.Name()}"
                    : $"  {candidate.Origin.Name()}, {candidate.Purpose.Name()}",
                Styles.Faint);
            page.Write("      ").WriteLine(candidate.Url?.ToString() ?? candidate.Problem ?? "", candidate.Url is null ? Styles.Faint : style);
        }

        page.WriteLine();
        page.WriteLine("→ used   = same database   ≠ different database   · unknown, or used for something else", Styles.Faint).WriteLine();
    }
}
