namespace Plumbline.PostgreSql.Shadow;

/// <summary>A shadow database cannot be made with what was given. The message is for people, and never holds a password.</summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class ShadowRefusedException(string message) : Exception(message);
