namespace Plumbline.Cli;

/// <summary>What was asked for could not be finished, through no fault of the input. The message is for people: full sentences.</summary>
internal sealed class UnfinishedException(string message) : Exception(message);
