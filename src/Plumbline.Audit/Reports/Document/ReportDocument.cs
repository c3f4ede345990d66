using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports.Document;

/// <summary>A report as data: what is said, in which order, and how much it matters. Each renderer decides only how that looks.</summary>
/// <param name="Header">What was read and assumed.</param>
/// <param name="Sections">One for each finding.</param>
/// <param name="Closing">What was not checked, the verdict, and what to do next.</param>
public sealed record ReportDocument(ImmutableArray<ReportBlock> Header, ImmutableArray<ReportSection> Sections, ImmutableArray<ReportBlock> Closing);

/// <summary>A part of a report.</summary>
public abstract record ReportBlock;

/// <summary>Blocks under one title.</summary>
/// <param name="Title">The title, without a period.</param>
/// <param name="Blocks">What stands below it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule that reports it.</param>
public sealed record ReportSection(string Title, ImmutableArray<ReportBlock> Blocks, Severity Severity, string Rule) : ReportBlock;

/// <summary>Prose.</summary>
/// <param name="Text">Full sentences.</param>
/// <param name="Tone">What it is to the reader.</param>
/// <param name="Severity">The severity that it speaks of; null where it speaks of none.</param>
public sealed record ReportText(string Text, ReportTone Tone = ReportTone.Plain, Severity? Severity = null) : ReportBlock;

/// <summary>A name with a value, such as <c>expected</c> and a type.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Tone">What the value is to the reader.</param>
public sealed record ReportValue(string Name, string Value, ReportTone Tone) : ReportBlock;

/// <summary>A table without gaps: each row has a cell for each column.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows.</param>
/// <param name="LeftOut">Number of rows that are not shown.</param>
public sealed record ReportTable(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows, int LeftOut) : ReportBlock;

/// <summary>A place in a file.</summary>
/// <param name="Place">The place.</param>
/// <param name="Label">What the place is to the finding; empty where that is clear.</param>
/// <param name="ShowsLines">Whether the lines of the file are shown, or the path alone.</param>
public sealed record ReportExcerpt(SourceLocation Place, string Label, bool ShowsLines) : ReportBlock;

/// <summary>Code to copy.</summary>
/// <param name="Text">The code.</param>
/// <param name="Language">Its language, as fences name it.</param>
/// <param name="Caption">What it is.</param>
public sealed record ReportCode(string Text, string Language, string Caption) : ReportBlock;

/// <summary>What a text is to its reader.</summary>
public enum ReportTone
{
    /// <summary>What has to be read.</summary>
    Plain,

    /// <summary>What can be skipped.</summary>
    Faint,

    /// <summary>What follows from a finding.</summary>
    Impact,

    /// <summary>What to do.</summary>
    Advice,

    /// <summary>What should be.</summary>
    Good,

    /// <summary>What is wrong.</summary>
    Bad,
}
