using System.Text;

namespace Plumbline.Cli;

/// <summary>Passes what writes bytes on to where text goes.</summary>
internal static class Utf8Output
{
    /// <summary>Writes UTF-8 to a text writer: straight to the stream below it where there is one.</summary>
    public static void Write(TextWriter output, Action<Stream> write)
    {
        if (output is StreamWriter { Encoding: UTF8Encoding } writer)
        {
            writer.Flush();
            write(writer.BaseStream);
            return;
        }

        using var buffer = new MemoryStream();
        write(buffer);
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
