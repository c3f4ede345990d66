namespace Plumbline.Testing;

/// <summary>The root of the checkout that the tests were built from.</summary>
public static class ProjectRoot
{
    /// <summary>The root's full path.</summary>
    public static string Path { get; } = Find();

    /// <summary>The full path of something below the root.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Plumbline.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"The tests run from {AppContext.BaseDirectory}, which is not inside a checkout of Plumbline.");
    }
}
