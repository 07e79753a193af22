using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Primitives;

namespace Ocid.Storage.Records;

/// <summary>
/// Goes through the members of records without making a tree of them: a store has thousands. Lenient: what another program wrote in another
/// shape counts as absent, and what nobody asks for is passed over.
/// </summary>
internal ref struct RecordReader(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader _json = new(json);
    private int _depth;

    /// <summary>Before a record that is held as a tree.</summary>
    public static RecordReader Of(JsonObject record)
    {
        var reader = new RecordReader(Encoding.UTF8.GetBytes(record.ToJsonString()));
        reader.Enter();
        return reader;
    }

    /// <summary>Goes into the next object of an array that is a whole file; false at its end.</summary>
    public bool NextRecord()
    {
        if (_json.TokenType == JsonTokenType.None && !(_json.Read() && _json.TokenType == JsonTokenType.StartArray))
            return false;
        while (_json.Read())
        {
            if (_json is { TokenType: JsonTokenType.StartObject, CurrentDepth: 1 })
            {
                _depth = 2;
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes to the next member of the object that it is in; false, and out of the object, at its end.</summary>
    public bool Next()
    {
        while (_json.Read())
        {
            if (_json.TokenType == JsonTokenType.PropertyName && _json.CurrentDepth == _depth)
                return true;
            if (_json.TokenType == JsonTokenType.EndObject && _json.CurrentDepth == _depth - 1)
                break;
        }

        _depth--;
        return false;
    }

    /// <summary>Whether the member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>The member's name.</summary>
    public readonly string Name() => _json.GetString()!;

    /// <summary>Goes into the object that is the member's value; false where it is none.</summary>
    public bool Enter()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
            return false;
        _depth++;
        return true;
    }

    public string? Text() => _json.Read() && _json.TokenType == JsonTokenType.String ? _json.GetString() : null;

    public long Number() => _json.Read() && _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number) ? number : 0;

    public DateTimeOffset? Time() => _json.Read() && _json.TokenType == JsonTokenType.String && _json.TryGetDateTimeOffset(out var time) ? time : null;

    public Digest? Digest() => Primitives.Digest.TryParse(Text(), out var digest) ? digest : null;

    public LayerId? Layer() => LayerId.TryParse(Text(), out var id) ? id : null;

    public IReadOnlyList<string> Texts()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray)
            return [];
        var texts = new List<string>();
        while (_json.Read() && (_json.TokenType != JsonTokenType.EndArray || _json.CurrentDepth != _depth))
        {
            if (_json.TokenType == JsonTokenType.String && _json.CurrentDepth == _depth + 1)
                texts.Add(_json.GetString()!);
        }

        return texts;
    }

    public Dictionary<string, long> Numbers()
    {
        var numbers = new Dictionary<string, long>();
        for (var inside = Enter(); inside && Next();)
            numbers[Name()] = Number();
        return numbers;
    }

    public Dictionary<string, Digest> Digests()
    {
        var digests = new Dictionary<string, Digest>();
        for (var inside = Enter(); inside && Next();)
        {
            var name = Name();
            if (Digest() is { } digest)
                digests[name] = digest;
        }

        return digests;
    }

    /// <summary>Which members of the member's value, an object, are true.</summary>
    public IReadOnlyList<string> Flags()
    {
        var set = new List<string>();
        for (var inside = Enter(); inside && Next();)
        {
            var name = Name();
            if (_json.Read() && _json.TokenType == JsonTokenType.True)
                set.Add(name);
        }

        return set;
    }

    /// <summary>Whether the member's value, an object, has this one and it is true.</summary>
    public bool Flag(ReadOnlySpan<byte> name)
    {
        var set = false;
        for (var inside = Enter(); inside && Next();)
        {
            if (Is(name))
                set = _json.Read() && _json.TokenType == JsonTokenType.True;
        }

        return set;
    }
}
