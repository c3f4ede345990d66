namespace Plumbline.Audit.Sources;

/// <summary>A source is named rightly and could not be reached or read to its end, through no fault of the call. The message is for people: full
/// sentences.</summary>
/// <param name="message">What happened.</param>
public sealed class SourceUnavailableException(string message) : Exception(message);
