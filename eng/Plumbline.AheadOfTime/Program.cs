using Plumbline.AheadOfTime;

// Run by eng/ahead-of-time.sh, and by the publishing of Plumbline.Cli.
switch (args)
{
    case ["collect", var assemblies, var list, .. var traces]:
        var folder = new AssemblyFolder(assemblies);
        var known = File.Exists(list) ? File.ReadAllLines(list).Where(line => MethodLine.Parse(line, folder) is not null) : [];
        var lines = traces.SelectMany(trace => JitTrace.Read(trace).Methods(folder)).Concat(known).Distinct().Order(StringComparer.Ordinal).ToList();
        File.WriteAllText(list, string.Concat(lines.Select(line => line + "\n")));
        Console.WriteLine($"{lines.Count} methods to compile ahead");
        return 0;
    case ["write", var assemblies, var list, var output]:
        var entries = File.ReadAllLines(list);
        Console.WriteLine($"{MibcWriter.Write(entries, new AssemblyFolder(assemblies), output)} of {entries.Length} methods to compile ahead");
        return 0;
    default:
        Console.Error.WriteLine("usage: Plumbline.AheadOfTime collect ASSEMBLIES LIST TRACE... | write ASSEMBLIES LIST OUTPUT");
        return 2;
}
