using System.Buffers.Binary;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Changes what a server said: messages lost, doubled, moved and foreign; lengths, counts and values that are wrong; bytes flipped, answers cut off.</summary>
internal sealed class WireMutation(Random random, Conversation conversation)
{
    private const int Head = 5;

    private static readonly int[] OddNumbers = [0, 1, -1, -2, 2, 3, 4, 5, 255, 256, 32767, -32768, 65535, 65536, 1 << 20, 1 << 24, int.MaxValue, int.MinValue, int.MaxValue - 4];

    private static readonly string[] OddTexts = ["", "\0", "x", "0", "-1", "99999999999999999999", "t", "f", "{}", "{1,2", "{NULL}", "{{1},{2}}", "[0:1]={1,2}", "\u001b[2J", "é", "null", "1970-01-01", "infinity", "{\"a\":", "public", "pg_catalog.int4"];

    private static readonly byte[][] Foreign =
    [
        Message('E', "SERROR\0C42601\0Mwrong\0\0"u8), Message('E', "SFATAL\0C57P01\0Mended\0\0"u8), Message('E', "\0"u8), Message('E', "x"u8), Message('N', "SNOTICE\0C00000\0Mx\0\0"u8), Message('S', "TimeZone\0x\0"u8), Message('S', "server_version\0x\0"u8),
        Message('S', "client_encoding\0LATIN1\0"u8), Message('A', [0, 0, 0, 1, (byte)'a', 0, 0]), Message('Z', "I"u8), Message('Z', "E"u8), Message('Z', "?"u8), Message('C', "SELECT 1\0"u8), Message('C', ""u8), Message('1', []), Message('2', []),
        Message('n', []), Message('I', []), Message('s', []), Message('D', [0, 0]), Message('D', [0xFF, 0xFF]), Message('T', [0, 0]), Message('T', [0x7F, 0xFF]), Message('G', [0, 0, 0]), Message('H', [0, 0, 0]), Message('d', "x"u8), Message('c', []), Message('W', [0, 0, 0]),
        Message('R', [0, 0, 0, 3]), Message('R', [0, 0, 0, 10, 0]), Message('R', [0, 0, 0, 99]), Message('v', [0, 3, 0, 0, 0, 0, 0, 0]), Message('?', "x"u8),
    ];

    /// <summary>The answers with some changes.</summary>
    public IReadOnlyList<byte[]> Apply()
    {
        byte[][] answers = [.. conversation.Turns.Select(turn => turn.Answered)];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(answers.Length);
            answers[at] = random.Next(10) switch
            {
                0 => Flip(answers[at]),
                1 => answers[at][..random.Next(answers[at].Length + 1)],
                _ => [.. Once([.. Messages(answers[at])]).SelectMany(message => message)],
            };
        }

        return answers;
    }

    private List<byte[]> Once(List<byte[]> messages)
    {
        if (messages.Count == 0)
            return [Foreign[random.Next(Foreign.Length)]];

        var at = random.Next(messages.Count);
        switch (random.Next(9))
        {
            case 0:
                messages.RemoveAt(at);
                break;
            case 1:
                messages.Insert(at, messages[at]);
                break;
            case 2:
                var other = random.Next(messages.Count);
                (messages[at], messages[other]) = (messages[other], messages[at]);
                break;
            case 3:
                messages.Insert(at, Foreign[random.Next(Foreign.Length)]);
                break;
            case 4:
                var turn = Messages(conversation.Turns[random.Next(conversation.Turns.Count)].Answered).ToList();
                messages.InsertRange(at, turn.Skip(random.Next(turn.Count + 1)).Take(random.Next(1, 20)));
                break;
            case 5:
                messages[at] = WithNumber(messages[at], 1);
                break;
            case 6 when messages[at].Length > Head + 4:
                messages[at] = WithNumber(messages[at], random.Next(Head, messages[at].Length - 3));
                break;
            case 7 when messages[at][0] == 'D':
                messages[at] = WithValue(messages[at]);
                break;
            default:
                messages[at] = WithLength(Flip(messages[at]));
                break;
        }

        return messages;
    }

    private byte[] Flip(byte[] bytes)
    {
        if (bytes.Length == 0)
            return bytes;

        byte[] flipped = [.. bytes];
        for (var i = random.Next(1, 4); i > 0; i--)
            flipped[random.Next(flipped.Length)] = (byte)random.Next(256);

        return flipped;
    }

    private byte[] WithNumber(byte[] message, int at)
    {
        if (message.Length < at + 4)
            return message;

        byte[] changed = [.. message];
        var old = BinaryPrimitives.ReadInt32BigEndian(changed.AsSpan(at));
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(at), random.Next(3) == 0 ? unchecked(old + random.Next(-3, 4)) : OddNumbers[random.Next(OddNumbers.Length)]);
        return changed;
    }

    // A row with another value in one of its columns, and lengths that agree with it: what the reader itself must refuse.
    private byte[] WithValue(byte[] row)
    {
        var columns = BinaryPrimitives.ReadInt16BigEndian(row.AsSpan(Head));
        var chosen = columns > 0 ? random.Next(columns) : 0;
        var at = Head + 2;
        for (var i = 0; i < chosen; i++)
            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(at)));

        if (at + 4 > row.Length)
            return row;

        var end = at + 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(at)));
        byte[] value = random.Next(3) switch
        {
            0 => System.Text.Encoding.UTF8.GetBytes(OddTexts[random.Next(OddTexts.Length)]),
            1 => [.. row.AsSpan(at + 4, random.Next(end - at - 3))],
            _ => Flip([.. row.AsSpan(at + 4, end - at - 4)]),
        };
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, random.Next(10) == 0 ? -1 : value.Length);
        return WithLength([.. row[..at], .. length, .. length[0] == 0xFF ? [] : value, .. row[end..]]);
    }

    private static byte[] WithLength(byte[] message)
    {
        if (message.Length >= Head)
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);

        return message;
    }

    private static byte[] Message(char kind, ReadOnlySpan<byte> body) => WithLength([(byte)kind, 0, 0, 0, 0, .. body]);

    /// <summary>The messages of an answer. What is no message any more stays together at the end.</summary>
    public static IEnumerable<byte[]> Messages(byte[] answer)
    {
        var at = 0;
        while (at + Head <= answer.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(at + 1)) + 1;
            if (length < Head || length > answer.Length - at)
                break;

            yield return answer[at..(at + length)];
            at += length;
        }

        if (at < answer.Length)
            yield return answer[at..];
    }
}
