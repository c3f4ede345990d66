namespace Plumbline.Cli.Outgoing;

/// <summary>What an output may hold beside text.</summary>
internal enum OutgoingForm
{
    /// <summary>Nothing.</summary>
    Text,

    /// <summary>The colors of a terminal.</summary>
    Colors,

    /// <summary>The progress line of a terminal, which is written over itself.</summary>
    Progress,

    /// <summary>Workflow commands of GitHub Actions.</summary>
    Commands,

    /// <summary>SQL or a schema, which others run: a line may begin with anything.</summary>
    Code,
}
