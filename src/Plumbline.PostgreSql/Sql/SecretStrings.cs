using System.Buffers;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql;

/// <summary>
/// Finds the constants of SQL that may be secrets: strings of an <c>INSERT</c> whose columns or table are named like one (or whose columns are not known), strings that a
/// name such as <c>PASSWORD</c> stands before (in a clause, an assignment, a comparison, a setting, as an argument, or in the definition of a column before its
/// <c>DEFAULT</c>), strings that are given such a name with <c>AS</c>, arguments of functions that take passwords or keys, and strings of an <c>UPDATE</c> of the row of
/// such a name. Comments between them do not count. Strings that hold SQL (bodies of functions and of <c>DO</c>) are read too. Rather too many than too few.
/// </summary>
public sealed class SecretStrings
{
    private const int DeepestBody = 8;
    private const int LongestName = 64;
    private const int MostErrors = 100;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    private readonly string _text;
    private readonly Func<ReadOnlySpan<char>, bool> _isSecretName;
    private readonly List<TextSpan> _found;
    private readonly int _depth;

    // Null where nobody asks for them.
    private readonly List<TextSpan>? _opaque;
    private SecretStrings? _ofComments;

    private SecretStrings(string text, Func<ReadOnlySpan<char>, bool> isSecretName, List<TextSpan> found, int depth, List<TextSpan>? opaque)
    {
        _text = text;
        _isSecretName = isSecretName;
        _found = found;
        _depth = depth;
        _opaque = opaque;
    }

    // SQL that was made a comment holds its secrets still; its strings are parts of the comment.
    private SecretStrings OfComments => _ofComments ??= new SecretStrings(_text, _isSecretName, _found, _depth, opaque: null);

    /// <summary>The constants in a script, and its parts that are no words and signs of SQL.</summary>
    /// <param name="sql">The script.</param>
    /// <param name="isSecretName">Whether a name is that of a secret.</param>
    public static SecretParts OfScript(string sql, Func<ReadOnlySpan<char>, bool> isSecretName)
    {
        var found = new List<TextSpan>();
        var opaque = new List<TextSpan>();
        new SecretStrings(sql, isSecretName, found, 0, opaque).Read(0, sql.Length);
        return new SecretParts(sql, InOrder(found), opaque);
    }

    /// <summary>The constants in the <c>INSERT</c> statements of a text of another language.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isSecretName">Whether a name is that of a secret.</param>
    public static SecretParts OfEmbedded(string text, Func<ReadOnlySpan<char>, bool> isSecretName)
    {
        const string insert = "insert";
        var found = new List<TextSpan>();
        var reader = new SecretStrings(text, isSecretName, found, 0, opaque: null);
        var errors = 0;
        for (var at = Find(0); at >= 0; at = Find(at))
        {
            var lexer = new SqlLexer(text, at, text.Length);
            at = lexer.Next().Keyword == Keyword.Insert && lexer.Next().Keyword == Keyword.Into ? reader.ReadEmbedded(at, ref errors) : at + insert.Length;
        }

        return new SecretParts(text, InOrder(found), opaque: null);

        int Find(int from) => text.IndexOf(insert, from, StringComparison.OrdinalIgnoreCase);
    }

    private void Read(int start, int end)
    {
        var lexer = new SqlLexer(_text, start, end);
        var statement = new Statement();
        var comment = new Statement();
        for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; token = lexer.NextWithTrivia())
        {
            switch (token.Kind)
            {
                case TokenKind.WhiteSpace:
                    break;
                case TokenKind.LineComment or TokenKind.BlockComment:
                    _opaque?.Add(token.Span);
                    var inner = new SqlLexer(_text, token.Start + 2, token.End);
                    for (var word = inner.Next(); word.Kind != TokenKind.End; word = inner.Next())
                    {
                        OfComments.Follow(ref comment, word, inner);
                    }

                    break;
                default:
                    Follow(ref statement, token, lexer);
                    break;
            }
        }
    }

    // Gives where the statement ends.
    private int ReadEmbedded(int start, ref int errors)
    {
        var lexer = new SqlLexer(_text, start, _text.Length);
        var statement = new Statement();
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            var written = _text.AsSpan(token.Start, token.End - token.Start);
            if (token.Symbol == ';' || (token.Kind == TokenKind.Operator && written.Contains('`')))
            {
                return token.End;
            }

            // The end of a string of the other language.
            if (token.Kind == TokenKind.QuotedIdentifier && written.IndexOfAny("\n;)]") >= 0)
            {
                return token.Start + 1;
            }

            Follow(ref statement, token, lexer);
            if (token.Kind == TokenKind.Error)
            {
                return ++errors < MostErrors ? token.Start + 1 : _text.Length;
            }
        }

        return _text.Length;
    }

    private void Follow(ref Statement statement, Token token, SqlLexer following)
    {
        if (token.Symbol == ';')
        {
            statement = new Statement();
            return;
        }

        if (token.Keyword == Keyword.Insert)
        {
            statement.BeginInsert();
            statement.HidesAll |= InsertsSecret(following);
        }
        else if (token.Keyword == Keyword.Update && statement.BeginsUpdate())
        {
            statement.HidesAll |= NamesSecret(following);
        }

        Follow(statement, token);
    }

    private void Follow(Statement statement, Token token)
    {
        var written = _text.AsSpan(token.Start, token.End - token.Start);
        switch (token.Kind)
        {
            case TokenKind.String or TokenKind.EscapeString or TokenKind.UnicodeString or TokenKind.DollarString:
                FollowString(statement, token);
                break;
            case TokenKind.Error:
                // A quote or comment that is never closed.
                _opaque?.Add(token.Span);
                if (statement.Hides)
                {
                    _found.Add(token.Span);
                }
                else if (_depth < DeepestBody && token.End - token.Start > 2)
                {
                    new SecretStrings(_text, _isSecretName, _found, _depth + 1, opaque: null).Read(token.Start + 2, token.End);
                }

                break;
            case TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier or TokenKind.Keyword:
                FollowWord(statement, token);
                break;
            case TokenKind.ColonEquals:
                statement.AssignVariable();
                break;
            case TokenKind.Arrow:
                statement.Assign();
                break;
            case TokenKind.DoubleColon:
                statement.FollowCast();
                break;
            case TokenKind.Integer or TokenKind.Numeric when statement.HidesWords:
                _found.Add(token.Span);
                break;
            default:
                statement.FollowSign(written);
                break;
        }
    }

    private void FollowWord(Statement statement, Token token)
    {
        if (statement.HidesWords && token.Keyword != Keyword.Default)
        {
            _found.Add(token.Span);
            return;
        }

        // What a Unicode escape stands for could be the name of anything.
        var isSecret = token.Kind == TokenKind.UnicodeIdentifier || _isSecretName(_text.AsSpan(token.Start, token.End - token.Start));
        if (isSecret && statement.IsBehindAs)
        {
            _found.AddRange(statement.Item);
            statement.Item.Clear();
        }

        statement.FollowWord(token, isSecret, SecretFunctions.Contains(_text.AsSpan(token.Start, token.End - token.Start)));
    }

    private void FollowString(Statement statement, Token token)
    {
        var isCode = token.Kind == TokenKind.DollarString && !statement.Hides && _depth < DeepestBody;
        if (!isCode)
        {
            _opaque?.Add(token.Span);
        }

        if (statement.Hides)
        {
            _found.Add(token.Span);
            statement.Forget();
            return;
        }

        var inner = Inner(token);
        var content = _text.AsSpan(inner.Start, inner.Length);
        statement.Forget();
        statement.Remember(token.Span);
        if (_isSecretName(content))
        {
            // set_config('app.secret', '…', true); format('… PASSWORD %L', '…'); 'PASSWORD ' || '…'.
            statement.FollowNamingString(isName: content.Length <= LongestName && IsName(content), isFormat: content.IndexOf("%L") >= 0 || content.IndexOf("%s") >= 0 || content.IndexOf("%1$") >= 0, endsInName: EndsInName(content));
        }

        if (_depth >= DeepestBody)
        {
            return;
        }

        if (isCode)
        {
            new SecretStrings(_text, _isSecretName, _found, _depth + 1, _opaque).Read(inner.Start, inner.End);
        }
        else if (content.IndexOfAny('\'', '$') >= 0 && HoldsSecret(token))
        {
            _found.Add(token.Span);
        }
    }

    // SQL in a string, with its quotes doubled.
    private bool HoldsSecret(Token token)
    {
        string sql;
        try
        {
            sql = TokenText.ReadString(_text, token);
        }
        catch (SqlSyntaxException)
        {
            return true;
        }

        var found = new List<TextSpan>();
        new SecretStrings(sql, _isSecretName, found, _depth + 1, opaque: null).Read(0, sql.Length);
        return found.Count > 0;
    }

    private TextSpan Inner(Token token)
    {
        var written = _text.AsSpan(token.Start, token.End - token.Start);
        var open = token.Kind == TokenKind.DollarString ? written[1..].IndexOf('$') + 2 : written.IndexOf('\'') + 1;
        var close = token.Kind == TokenKind.DollarString ? open : 1;
        return TextSpan.FromBounds(token.Start + open, token.End - close);
    }

    // What follows INSERT: whether its table or one of its columns is named like a secret, or its columns are not named.
    private bool InsertsSecret(SqlLexer lexer)
    {
        var token = lexer.Next();
        if (token.Keyword == Keyword.Into)
        {
            token = lexer.Next();
            for (var isAfterDot = true; isAfterDot || token.Symbol == '.' || token.Keyword == Keyword.As || token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier; token = lexer.Next())
            {
                if (token.Kind is TokenKind.End or TokenKind.Error)
                {
                    return true;
                }

                isAfterDot = token.Symbol == '.' || token.Keyword == Keyword.As;
                if (!isAfterDot && _isSecretName(_text.AsSpan(token.Start, token.End - token.Start)))
                {
                    return true;
                }
            }
        }
        else if (token.Symbol != '(')
        {
            // Of MERGE; elsewhere it is no statement, but a privilege or an event.
            return token.Keyword == Keyword.Values;
        }

        if (token.Symbol != '(')
        {
            return token.Keyword != Keyword.Default;
        }

        token = lexer.Next();
        if (token.Symbol == '(' || token.Keyword is Keyword.Select or Keyword.Values or Keyword.With or Keyword.Table)
        {
            return true;
        }

        for (; token.Symbol is not (')' or ';') && token.Keyword != Keyword.Insert; token = lexer.Next())
        {
            if (token.Kind is TokenKind.End or TokenKind.Error or TokenKind.UnicodeIdentifier || _isSecretName(_text.AsSpan(token.Start, token.End - token.Start)))
            {
                return true;
            }
        }

        return false;
    }

    // What follows UPDATE: whether its condition has the name of a secret, as in UPDATE settings SET value = '…' WHERE key = 'password'.
    private bool NamesSecret(SqlLexer lexer)
    {
        var isCondition = false;
        for (var token = lexer.Next(); token.Kind is not (TokenKind.End or TokenKind.Error) && token.Symbol != ';'; token = lexer.Next())
        {
            isCondition |= token.Keyword == Keyword.Where;
            if (isCondition && token.Kind is TokenKind.String or TokenKind.EscapeString or TokenKind.UnicodeString && token.End - token.Start <= LongestName)
            {
                var inner = Inner(token);
                var content = _text.AsSpan(inner.Start, inner.Length);
                if (IsName(content) && _isSecretName(content))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // In the order of the text; what lies within another one, or goes on behind it, is one with it.
    private static List<TextSpan> InOrder(List<TextSpan> found)
    {
        found.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<TextSpan>(found.Count);
        foreach (var span in found)
        {
            if (merged.Count > 0 && span.Start < merged[^1].End)
            {
                merged[^1] = TextSpan.FromBounds(merged[^1].Start, Math.Max(merged[^1].End, span.End));
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    private static bool IsName(ReadOnlySpan<char> content) => content.IndexOfAnyExcept(NameCharacters) < 0;

    private bool EndsInName(ReadOnlySpan<char> content)
    {
        content = content.TrimEnd(" \t\r\n=:'");
        return _isSecretName(content[(content.LastIndexOfAnyExcept(NameCharacters) + 1)..]);
    }

    // What is known in the middle of a statement.
    private sealed class Statement
    {
        private readonly List<Group> _groups = [];
        private bool _isFirst = true;
        private bool _isSetting;
        private bool _hasSecret;
        private bool _isBehindSet;
        private bool _isBehindSecret;
        private bool _isBehindWord;
        private bool _isBehindNamingString;
        private bool _isBehindDot;
        private bool _isBehindSecretGroup;
        private bool _isBehindSecretFunction;
        private bool _isBehindSecretKey;
        private bool _isBehindCast;
        private bool _canConcatenate;

        // CREATE and ALTER name what they define, with a list behind it that is none of arguments.
        private bool _isDefinition;
        private bool _isInsert;
        private bool _isUpdate;

        // Whether the definition of a column that is read began with the name of a secret.
        private bool _definesSecret;
        private int _value = -1;

        // How many parentheses are open around the item of a list that is read.
        private int _itemDepth;

        private record struct Group(bool HasSecret, bool IsCall, bool HidesRest, bool WasDefinition);

        // Whether each string of the statement is hidden.
        public bool HidesAll { get; set; }

        // Whether the value of a setting is read: it can be a word too.
        public bool HidesWords { get; private set; }

        // Whether a name follows that is given to what was read.
        public bool IsBehindAs { get; private set; }

        // The strings of the item of a list that is read.
        public List<TextSpan> Item { get; } = [];

        public bool Hides => HidesAll || HidesWords || _value >= 0 || _isBehindSecret || (_groups.Count > 0 && _groups[^1].HidesRest);

        public void BeginInsert() => _isInsert = true;

        // Whether it is the first one of the statement: what follows is looked at once.
        public bool BeginsUpdate()
        {
            var isFirst = !_isUpdate;
            _isUpdate = true;
            return isFirst;
        }

        public void Remember(TextSpan text) => Item.Add(text);

        // The type of a cast is no name of anything: password::text = '…'.
        public void FollowCast() => _isBehindCast = true;

        public void FollowWord(Token token, bool isSecret, bool isSecretFunction)
        {
            if (_isBehindCast)
            {
                _isBehindCast = false;
                return;
            }

            if (_isFirst)
            {
                _isSetting = token.Keyword is Keyword.Set or Keyword.Alter;
                _isDefinition = token.Keyword is Keyword.Create or Keyword.Alter;
                _isFirst = false;
            }

            switch (token.Keyword)
            {
                case Keyword.Not:
                    return;
                case Keyword.In or Keyword.Like or Keyword.Ilike:
                    Compare();
                    return;
                case Keyword.Default when _definesSecret:
                    Forget();
                    _value = _groups.Count;
                    return;
                case Keyword.Add or Keyword.Alter:
                    _definesSecret = false;
                    break;
                case Keyword.Select:
                    _itemDepth = _groups.Count;
                    Item.Clear();
                    break;
                case Keyword.From or Keyword.Where:
                    Item.Clear();
                    break;
            }

            // What a value ends with.
            if (token.Keyword is Keyword.Where or Keyword.From or Keyword.Returning or Keyword.And or Keyword.Or && _value == _groups.Count)
            {
                _value = -1;
            }

            // ALTER DATABASE x SET app.secret TO …
            if (token.Keyword == Keyword.To && _isSetting && _isBehindSet && _isBehindSecret)
            {
                Assign();
                return;
            }

            var goesOn = _isBehindDot;
            var wasSecret = _isBehindSecret;
            var wasBehindSet = _isBehindSet;
            Forget();
            _isBehindSet = token.Keyword is Keyword.Set || (wasBehindSet && _isSetting);
            _isBehindSecret = isSecret || (goesOn && wasSecret && wasBehindSet && _isSetting);
            _isBehindWord = token.Kind != TokenKind.Keyword || token.Keyword == Keyword.Format;
            _isBehindSecretFunction = isSecretFunction || (isSecret && _isBehindWord && !_isDefinition);
            IsBehindAs = token.Keyword == Keyword.As;
            if (isSecret)
            {
                _hasSecret = true;
                _definesSecret = true;
                Mark(group => group with { HasSecret = true });
            }
        }

        public void FollowNamingString(bool isName, bool isFormat, bool endsInName)
        {
            var isArgument = _groups.Count > 0 && _groups[^1].IsCall;
            _isBehindNamingString = isName && isArgument;
            _isBehindSecretKey = isName;
            _canConcatenate = endsInName;
            if ((isFormat && isArgument) || (isName && _isInsert))
            {
                Mark(group => group with { HidesRest = true });
            }
            else if (isName)
            {
                // current_setting('app.secret') = '…'.
                Mark(group => group with { HasSecret = true });
            }
        }

        public void FollowSign(ReadOnlySpan<char> sign)
        {
            switch (sign)
            {
                case "(":
                    _groups.Add(new Group(false, _isBehindWord, _isBehindSecretFunction || (_groups.Count > 0 && _groups[^1].HidesRest), _definesSecret));
                    _definesSecret = false;
                    Forget();
                    break;
                case ")":
                    var hadSecret = _groups.Count > 0 && _groups[^1].HasSecret;
                    if (_groups.Count > 0)
                    {
                        _definesSecret = _groups[^1].WasDefinition;
                        _groups.RemoveAt(_groups.Count - 1);
                        EndItem();
                    }

                    _value = _value > _groups.Count ? -1 : _value;
                    Forget();
                    _isBehindSecretGroup = hadSecret;
                    break;
                case ",":
                    var isNamed = _isBehindNamingString;
                    _value = _value == _groups.Count ? -1 : _value;
                    _definesSecret = false;
                    if (_groups.Count <= _itemDepth)
                    {
                        Item.Clear();
                    }

                    Forget();
                    _isBehindSecret = isNamed;
                    break;
                case ".":
                    _isBehindDot = true;
                    break;
                case "=":
                    Assign();
                    break;
                case "<>" or "!=":
                    Compare();
                    break;
                case "||" when _canConcatenate:
                    _value = _groups.Count;
                    Forget();
                    break;
                default:
                    Forget();
                    break;
            }
        }

        public void Assign()
        {
            if (_isBehindSecret || _isBehindSecretGroup || _isBehindSecretKey)
            {
                _value = _groups.Count;
                HidesWords = _isSetting && _isBehindSet;
            }

            Forget();
        }

        // password <> '…', password IN ('…').
        private void Compare()
        {
            _value = _isBehindSecret || _isBehindSecretGroup || _isBehindSecretKey ? _groups.Count : _value;
            Forget();
        }

        // What was in parentheses is over with them.
        private void EndItem()
        {
            if (_groups.Count < _itemDepth)
            {
                _itemDepth = _groups.Count;
                Item.Clear();
            }
        }

        // v_password text := …
        public void AssignVariable()
        {
            _isBehindSecret |= _hasSecret;
            Assign();
        }

        public void Forget() => _isBehindSecret = _isBehindWord = _isBehindNamingString = _isBehindDot = _isBehindSecretGroup = _isBehindSet = _canConcatenate =
            _isBehindSecretFunction = _isBehindSecretKey = _isBehindCast = IsBehindAs = false;

        private void Mark(Func<Group, Group> change)
        {
            if (_groups.Count > 0)
            {
                _groups[^1] = change(_groups[^1]);
            }
        }
    }
}
