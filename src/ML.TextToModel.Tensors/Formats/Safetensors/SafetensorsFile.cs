using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// A safetensors file, open for reading. The header is read and checked when the file is opened; a tensor's elements
/// are read when they are asked for, and only theirs. Nothing in the file is executed.
/// </summary>
/// <remarks>
/// Several threads may read at once; disposing waits for nobody and lets running reads finish. A file on disk is mapped
/// into memory, so it must not be cut or overwritten while it is open (that it became shorter is noticed before a read,
/// not during one). Replacing it by another file of the same name, as <see cref="SafetensorsWriter"/> does, is harmless
/// where the system permits it; Windows does not replace a file that is open here.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int ElementsAtOnce = 1 << 20;   // keeps byte counts of large tensors within an int

    private readonly ByteSource _source;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    private SafetensorsFile(ByteSource source)
    {
        _source = source;
        try
        {
            _header = SafetensorsHeader.Read(source);
            _byName = _header.Entries.ToDictionary(entry => entry.Name);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Free text stored with the tensors, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The tensors, in the order of the file's header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>Opens a file by mapping it into memory.</summary>
    /// <exception cref="SafetensorsException">The file is damaged; the exception's fault says how.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static SafetensorsFile Open(string path) => new(new MappedSource(path));

    /// <summary>Reads a file that is in memory already, without copying it.</summary>
    /// <param name="bytes">The whole file; it must not change while the result is in use.</param>
    /// <param name="origin">The name that messages give to the bytes.</param>
    /// <exception cref="SafetensorsException">The bytes are damaged; the exception's fault says how.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string origin = "safetensors bytes") =>
        new(new MemorySource(bytes, origin));

    /// <summary>Finds a tensor by name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsEntry? entry) =>
        _byName.TryGetValue(name, out entry);

    /// <summary>Finds a tensor by name.</summary>
    /// <exception cref="SafetensorsException">There is none; the message gives the nearest names.</exception>
    public SafetensorsEntry Get(string name) => TryGet(name, out SafetensorsEntry? entry)
        ? entry
        : throw new SafetensorsException(SafetensorsFault.TensorMissing, _source.Origin, DescribeMissing(name));

    /// <summary>Finds a tensor by name and makes sure of its shape.</summary>
    /// <exception cref="SafetensorsException">There is none of this name, or it has another shape.</exception>
    public SafetensorsEntry Expect(string name, params ReadOnlySpan<int> shape)
    {
        SafetensorsEntry entry = Get(name);
        return entry.Shape.AsSpan().SequenceEqual(shape)
            ? entry
            : throw new SafetensorsException(SafetensorsFault.WrongShape, _source.Origin,
                $"Tensor {Quote(name)} has the shape {Printable.Shape(entry.Shape.AsSpan())}; " +
                $"{Printable.Shape(shape)} is expected. The file belongs to another model.");
    }

    /// <summary>
    /// Reads a tensor of type F16, BF16, F32 or F64 as floats, in row-major order. F64 is rounded to the nearest float,
    /// and what is out of a float's range becomes an infinity.
    /// </summary>
    /// <exception cref="SafetensorsException">There is no such tensor, or it holds no floats.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="destination"/> has another length than <see cref="SafetensorsEntry.ElementCount"/>.
    /// </exception>
    public void ReadSingles(string name, Span<float> destination)
    {
        SafetensorsEntry entry = Get(name);
        Read(entry, entry.Type.Size(), destination, entry.Type.SingleReader() ?? throw WrongType(entry, "floats"));
    }

    /// <summary>Reads a tensor of any integer type but U64, or of type BOOL (as 0 and 1), in row-major order.</summary>
    /// <inheritdoc cref="ReadSingles" path="/exception"/>
    public void ReadInt64s(string name, Span<long> destination)
    {
        SafetensorsEntry entry = Get(name);
        Read(entry, entry.Type.Size(), destination, entry.Type.Int64Reader() ?? throw WrongType(entry, "integers"));
    }

    /// <summary>Copies the bytes of a tensor of any type, in row-major order, little-endian.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="destination"/> is not <see cref="SafetensorsEntry.ByteLength"/> long.
    /// </exception>
    public void ReadBytes(string name, Span<byte> destination) =>
        Read(Get(name), 1, destination, static (source, bytes) => source.CopyTo(bytes));

    /// <summary>
    /// Shows the bytes of a tensor to <paramref name="visit"/> without copying them; they are valid until it returns,
    /// and at no particular alignment.
    /// </summary>
    /// <exception cref="SafetensorsException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">The tensor has more bytes than a span can hold (2 GiB).</exception>
    public void VisitBytes<TState>(string name, TState state, ReadOnlySpanAction<byte, TState> visit)
        where TState : allows ref struct
    {
        SafetensorsEntry entry = Get(name);
        if (entry.ByteLength > int.MaxValue)
            throw new ArgumentException($"{entry} has {entry.ByteLength:N0} bytes, too many for a span.", nameof(name));
        _source.Visit(_header.DataStart + entry.Offset, (int)entry.ByteLength, state, visit);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();

    private void Read<T>(SafetensorsEntry entry, int size, Span<T> destination, ReadOnlySpanAction<byte, Span<T>> read)
    {
        if (destination.Length != entry.ByteLength / size)
            throw new ArgumentException(
                $"{entry} has {entry.ByteLength / size:N0} elements to read; the destination has room for " +
                $"{destination.Length:N0}.", nameof(destination));

        long offset = _header.DataStart + entry.Offset;
        while (!destination.IsEmpty)
        {
            Span<T> part = destination[..Math.Min(ElementsAtOnce, destination.Length)];
            _source.Visit(offset, part.Length * size, part, read);
            offset += (long)part.Length * size;
            destination = destination[part.Length..];
        }
    }

    private SafetensorsException WrongType(SafetensorsEntry entry, string wanted) =>
        new(SafetensorsFault.WrongType, _source.Origin,
            $"Tensor {Quote(entry.Name)} holds {entry.Type}, which cannot be read as {wanted}.");

    private string DescribeMissing(string name)
    {
        if (Entries.Count == 0) return $"There is no tensor {Quote(name)}; the file holds none.";
        IEnumerable<string> nearest =
            Entries.Select(entry => entry.Name).OrderByDescending(other => Likeness(name, other)).Take(3);
        return $"There is no tensor {Quote(name)}; the nearest of {Entries.Count:N0} names are " +
            $"{string.Join(", ", nearest.Select(Quote))}.";
    }

    /// <summary>Characters that two names share at their beginning and end, where related names agree.</summary>
    private static int Likeness(string a, string b)
    {
        int shorter = Math.Min(a.Length, b.Length);
        int prefix = a.AsSpan().CommonPrefixLength(b);
        int suffix = 0;
        while (suffix < shorter - prefix && a[^(suffix + 1)] == b[^(suffix + 1)]) suffix++;
        return prefix + suffix;
    }
}
