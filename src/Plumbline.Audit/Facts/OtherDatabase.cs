namespace Plumbline.Audit.Facts;

/// <summary>How the tables of a live database show that it may be another project's.</summary>
/// <param name="Expected">How many tables the project has.</param>
/// <param name="Present">How many of them the database has.</param>
/// <param name="Others">How many other tables it has.</param>
internal sealed record OtherDatabase(int Expected, int Present, int Others);
