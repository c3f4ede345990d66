using System.Buffers;

namespace Plumbline.Schema.Snapshots;

/// <summary>
/// A buffer in front of a stream: what it holds is written out whenever it is full. A JSON writer over a stream alone keeps all of its output, in an array that
/// is made again, twice as large, each time it is full.
/// </summary>
/// <param name="stream">Where the bytes go.</param>
internal sealed class StreamBuffer(Stream stream) : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    /// <exception cref="IOException">The stream could not be written.</exception>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length - _length < Math.Max(sizeHint, 1))
        {
            Flush();
            if (_buffer.Length < sizeHint)
            {
                _buffer = new byte[sizeHint];
            }
        }

        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes out what is held.</summary>
    /// <exception cref="IOException">The stream could not be written.</exception>
    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
