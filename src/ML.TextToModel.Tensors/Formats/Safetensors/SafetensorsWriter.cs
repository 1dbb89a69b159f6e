using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// Writes safetensors files. The same tensors, order and metadata give the same bytes: tensors stand in the given
/// order, metadata keys in ordinal order, and the header is padded with spaces to a multiple of 8 bytes.
/// </summary>
public static class SafetensorsWriter
{
    // Text other than quotes, backslashes and control characters stands as it is; the file is never shown by a browser.
    private static readonly JsonWriterOptions HeaderOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes a file in one step: through a temporary file in the same folder, flushed to the disk and renamed, so that
    /// a crash or a full disk leaves an older file of this name whole.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="tensors">The tensors, each under its own name.</param>
    /// <param name="metadata">Free text to store with them.</param>
    /// <exception cref="ArgumentException">
    /// Two tensors have the same name, the metadata is not Unicode, or a limit of <see cref="SafetensorsLimits"/> is
    /// passed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; an older one is unchanged.</exception>
    public static void Write(
        string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = CreateHeader(tensors, metadata);
        AtomicFile.Write(path, stream => Write(stream, header, tensors));
    }

    /// <summary>Writes to a stream from its current position, and leaves it open and unflushed.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{SafetensorsTensor}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(
        Stream stream,
        IReadOnlyList<SafetensorsTensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(stream, CreateHeader(tensors, metadata), tensors);

    private static void Write(Stream stream, byte[] header, IReadOnlyList<SafetensorsTensor> tensors)
    {
        Span<byte> length = stackalloc byte[SafetensorsLimits.PrefixBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in tensors) tensor.WriteElements(stream);
    }

    private static byte[] CreateHeader(
        IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        if (tensors.Count > SafetensorsLimits.Entries)
            throw new ArgumentException(
                $"{tensors.Count:N0} tensors are too many; a file holds {SafetensorsLimits.Entries:N0}.",
                nameof(tensors));

        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, HeaderOptions))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);
            WriteEntries(json, tensors);
            json.WriteEndObject();
        }
        int padding = -bytes.WrittenCount & (SafetensorsLimits.HeaderAlignment - 1);
        bytes.Write("       "u8[..padding]);
        if (bytes.WrittenCount > SafetensorsLimits.HeaderBytes)
            throw new ArgumentException(
                $"Names and metadata take {bytes.WrittenCount:N0} bytes; a file has room for " +
                $"{SafetensorsLimits.HeaderBytes:N0}.",
                nameof(metadata));
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > SafetensorsLimits.Entries)
            throw new ArgumentException(
                $"{metadata.Count:N0} metadata keys are too many; a file holds {SafetensorsLimits.Entries:N0}.",
                nameof(metadata));

        json.WriteStartObject(SafetensorsName.Metadata);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            SafetensorsName.Check(key, nameof(metadata));
            SafetensorsName.CheckUnicode(value, nameof(metadata));
            json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, IReadOnlyList<SafetensorsTensor> tensors)
    {
        var names = new HashSet<string>();
        long offset = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"Two tensors are named {Quote(tensor.Name)}.", nameof(tensors));

            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            json.WriteStartArray("shape");
            foreach (int size in tensor.Shape) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset = checked(offset + tensor.ByteLength));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
