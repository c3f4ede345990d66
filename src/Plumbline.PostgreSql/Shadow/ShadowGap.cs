namespace Plumbline.PostgreSql.Shadow;

/// <summary>Why nothing can be said of a statement.</summary>
public enum ShadowGap
{
    /// <summary>It was not run. The reason is a clause.</summary>
    NotRun,

    /// <summary>The temporary role lacks a right for it. The reason is the server's message.</summary>
    LacksRight,

    /// <summary>It was refused where a statement before it was not run, or was refused for want of a right. The reason is the server's message.</summary>
    Consequence,
}
