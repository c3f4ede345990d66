using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Dotenv;

/// <summary>What the values of environment files may be rewritten to, all together.</summary>
internal sealed class ExpansionBudget
{
    private long _left = ReadingBudget.VariablesLength;

    /// <summary>Whether a value was left as it is written because it would have grown too long.</summary>
    public bool WasExceeded { get; private set; }

    /// <summary>Uses what one more replacement in a value costs.</summary>
    /// <param name="round">How many replacements there were in the value.</param>
    /// <param name="length">The characters of the value.</param>
    /// <returns>False where the value is to stay as it is.</returns>
    public bool TryUse(int round, long length)
    {
        if (round >= ReadingBudget.VariableRounds || length > ReadingBudget.VariableLength || _left <= 0)
        {
            WasExceeded = true;
            return false;
        }

        _left -= length;
        return true;
    }
}
