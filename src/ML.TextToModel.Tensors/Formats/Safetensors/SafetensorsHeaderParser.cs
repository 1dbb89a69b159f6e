using System.Collections.Immutable;
using System.Text.Json;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// Turns the header's text into tensors and metadata. It accepts the format and nothing else: a strict reader has no
/// odd corner in which two programs could see two different files.
/// </summary>
internal ref struct SafetensorsHeaderParser(
    ReadOnlySpan<byte> header, string origin, List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
{
    private readonly HashSet<string> _names = [];
    private Utf8JsonReader _json = new(header);

    private readonly long FilePosition => SafetensorsLimits.PrefixBytes + _json.BytesConsumed;

    public void Parse()
    {
        try
        {
            Next();
            while (Next() != JsonTokenType.EndObject) ReadMember();
            _json.Read();   // throws where anything but white space follows
        }
        catch (JsonException e)
        {
            throw new SafetensorsException(SafetensorsFault.HeaderNotJson, origin,
                $"The header is not JSON near byte {FilePosition:N0} of the file. " +
                "The file is damaged; copy or download it again.", e);
        }
    }

    private void ReadMember()
    {
        string name = ReadName();
        if (!_names.Add(name))
            throw Fault(SafetensorsFault.DuplicateName, $"The name {Quote(name)} appears twice.");
        Next();
        if (name == SafetensorsName.Metadata)
            ReadMetadata();
        else if (entries.Count == SafetensorsLimits.Entries)
            throw Fault(SafetensorsFault.TooManyEntries, $"There are over {SafetensorsLimits.Entries:N0} tensors.");
        else
            entries.Add(ReadEntry(name));
    }

    private void ReadMetadata()
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Fault(SafetensorsFault.MetadataNotObject, $"{SafetensorsName.Metadata} is not an object.");
        while (Next() != JsonTokenType.EndObject)
        {
            string key = ReadName();
            if (Next() != JsonTokenType.String)
                throw Fault(SafetensorsFault.MetadataNotString,
                    $"The metadata value of {Quote(key)} is not a string.");
            if (metadata.Count == SafetensorsLimits.Entries)
                throw Fault(SafetensorsFault.TooManyEntries,
                    $"There are over {SafetensorsLimits.Entries:N0} metadata keys.");
            if (!metadata.TryAdd(key, ReadString()))
                throw Fault(SafetensorsFault.DuplicateMetadataKey,
                    $"The metadata key {Quote(key)} appears twice.");
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Fault(SafetensorsFault.EntryNotObject,
                $"The description of tensor {Quote(name)} is not an object.");

        SafetensorsType? type = null;
        ImmutableArray<int>? shape = null;
        (long Begin, long End)? offsets = null;
        while (Next() != JsonTokenType.EndObject)
        {
            switch (ReadName())
            {
                case "dtype": type = type is null ? ReadType(name) : throw Twice(name); break;
                case "shape": shape = shape is null ? ReadShape(name) : throw Twice(name); break;
                case "data_offsets": offsets = offsets is null ? ReadOffsets(name) : throw Twice(name); break;
                case string field:
                    throw Fault(SafetensorsFault.UnknownField,
                        $"Tensor {Quote(name)} has the field {Quote(field)}; " +
                        "dtype, shape and data_offsets are known.");
            }
        }
        if (type is null || shape is null || offsets is null)
            throw Fault(SafetensorsFault.MissingField,
                $"Tensor {Quote(name)} needs dtype, shape and data_offsets, and one is missing.");
        return CreateEntry(name, type.Value, shape.Value, offsets.Value.Begin, offsets.Value.End);
    }

    private readonly SafetensorsEntry CreateEntry(
        string name, SafetensorsType type, ImmutableArray<int> shape, long begin, long end)
    {
        if (!PackedSize.TryGet(shape.AsSpan(), type.Size(), out long needed))
            throw Fault(SafetensorsFault.SizeOverflow,
                $"Tensor {Quote(name)}, {type} {Printable.Shape(shape.AsSpan())}, has a size beyond 64 bits.");
        if (end - begin != needed)
            throw Fault(SafetensorsFault.SizeMismatch,
                $"Tensor {Quote(name)} has {end - begin:N0} bytes; " +
                $"{type} {Printable.Shape(shape.AsSpan())} needs {needed:N0}.");
        return new SafetensorsEntry(name, type, shape, begin, needed);
    }

    private SafetensorsType ReadType(string name)
    {
        string text = Next() == JsonTokenType.String ? ReadString() : "";
        return SafetensorsTypes.ByName.TryGetValue(text, out SafetensorsType type)
            ? type
            : throw Fault(SafetensorsFault.UnknownType,
                $"Tensor {Quote(name)} has the unknown type {Quote(text)}; known are " +
                $"{string.Join(", ", SafetensorsTypes.ByName.Keys)}.");
    }

    private ImmutableArray<int> ReadShape(string name)
    {
        ImmutableArray<int>.Builder shape = ImmutableArray.CreateBuilder<int>(initialCapacity: 4);
        if (Next() != JsonTokenType.StartArray) throw BadShape(name);
        while (Next() != JsonTokenType.EndArray)
        {
            if (shape.Count == SafetensorsLimits.Dimensions)
                throw Fault(SafetensorsFault.TooManyDimensions,
                    $"Tensor {Quote(name)} has more than {SafetensorsLimits.Dimensions} dimensions.");
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt32(out int size) || size < 0)
                throw BadShape(name);
            shape.Add(size);
        }
        return shape.ToImmutable();
    }

    private (long Begin, long End) ReadOffsets(string name)
    {
        if (Next() != JsonTokenType.StartArray
            || !TryReadOffset(out long begin) || !TryReadOffset(out long end)
            || begin > end || Next() != JsonTokenType.EndArray)
            throw Fault(SafetensorsFault.BadOffsets,
                $"The data_offsets of tensor {Quote(name)} must be two whole numbers in order.");
        return (begin, end);
    }

    private bool TryReadOffset(out long offset)
    {
        offset = 0;
        return Next() == JsonTokenType.Number && _json.TryGetInt64(out offset) && offset >= 0;
    }

    private string ReadName()
    {
        // One UTF-16 character takes at most six bytes of JSON; the first test keeps huge names from being decoded.
        string? name = _json.ValueSpan.Length > 6 * SafetensorsLimits.NameLength ? null : ReadString();
        if (name is null || name.Length > SafetensorsLimits.NameLength)
            throw Fault(SafetensorsFault.NameTooLong,
                $"A name has more than {SafetensorsLimits.NameLength:N0} characters.");
        return name;
    }

    private readonly string ReadString()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)   // an escape that is half of a surrogate pair
        {
            throw new SafetensorsException(SafetensorsFault.HeaderNotUtf8, origin,
                $"A text near byte {FilePosition:N0} of the file is not Unicode. The header is damaged.", e);
        }
    }

    private JsonTokenType Next()
    {
        _json.Read();
        bool opens = _json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (opens && _json.CurrentDepth >= SafetensorsLimits.HeaderDepth)
            throw Fault(SafetensorsFault.HeaderTooDeep,
                $"The header nests deeper than {SafetensorsLimits.HeaderDepth} levels.");
        return _json.TokenType;
    }

    private readonly SafetensorsException BadShape(string name) => Fault(SafetensorsFault.BadShape,
        $"The shape of tensor {Quote(name)} must be an array of whole numbers from 0 to {int.MaxValue:N0}.");

    private readonly SafetensorsException Twice(string name) =>
        Fault(SafetensorsFault.DuplicateField, $"Tensor {Quote(name)} has dtype, shape or data_offsets twice.");

    private readonly SafetensorsException Fault(SafetensorsFault fault, string detail) =>
        new(fault, origin, $"{detail} The header is damaged or not of the safetensors format.");
}
