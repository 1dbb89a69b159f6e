using System.Collections.Immutable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// An array read from a NumPy file (npy, versions 1.0 to 3.0): element types &lt;f2, &lt;f4, &lt;f8, &gt;f4, &gt;f8,
/// &lt;i4, &lt;i8, |u1 and |b1, all turned into floats. Nothing in the file is evaluated.
/// </summary>
public sealed class NpyFile
{
    private const int ElementsAtOnce = 1 << 16;

    private NpyFile(ImmutableArray<int> shape, float[] values)
    {
        Shape = shape;
        Values = values;
    }

    /// <summary>The sizes, slowest dimension first; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>
    /// The elements in row-major order, whatever the order in the file. Wider types are rounded to the nearest float;
    /// true is 1 and false is 0.
    /// </summary>
    public float[] Values { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="NpyException">The file is damaged or of a kind that is not read here.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static NpyFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream from its position to its end, and leaves it open.</summary>
    /// <param name="stream">The bytes of the file; seeking is not needed.</param>
    /// <param name="origin">The name that messages give to the stream.</param>
    /// <exception cref="NpyException">The bytes are damaged or of a kind that is not read here.</exception>
    public static NpyFile Read(Stream stream, string origin = "npy stream")
    {
        NpyHeader header = NpyHeader.Read(stream, origin);
        float[] values = ReadValues(stream, header, origin);
        if (stream.ReadByte() >= 0)
            throw new NpyException(NpyFault.TrailingBytes, origin,
                "Bytes follow the last element. The file is damaged, or holds several arrays; save each to its own.");
        return new NpyFile(header.Shape, header.FortranOrder ? ToRowMajor(values, header.Shape.AsSpan()) : values);
    }

    /// <summary>Reads the elements in the order of the file; memory grows with what arrives.</summary>
    private static float[] ReadValues(Stream stream, NpyHeader header, string origin)
    {
        int size = header.Type.Size;
        byte[] buffer = new byte[Math.Min(ElementsAtOnce, header.ElementCount) * size];
        bool isThere = stream.CanSeek && stream.Length - stream.Position >= (long)header.ElementCount * size;
        float[] values = new float[isThere ? header.ElementCount : buffer.Length / size];
        for (int done = 0; done < header.ElementCount;)
        {
            int count = Math.Min(ElementsAtOnce, header.ElementCount - done);
            Span<byte> bytes = buffer.AsSpan(0, count * size);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new NpyException(NpyFault.TooShort, origin,
                    $"The file ends before the last of {header.ElementCount:N0} elements. " +
                    "It is cut short; copy or download it again.");
            if (values.Length < done + count)
                Array.Resize(ref values, (int)Math.Min(header.ElementCount, 2L * values.Length));
            header.Type.Read(bytes, values.AsSpan(done, count));
            done += count;
        }
        return values;
    }

    /// <summary>Turns elements whose first index runs fastest (Fortran's order) into last index fastest.</summary>
    private static float[] ToRowMajor(float[] values, ReadOnlySpan<int> shape)
    {
        float[] result = new float[values.Length];
        Span<int> index = stackalloc int[shape.Length];
        Span<int> step = stackalloc int[shape.Length];   // between neighbours of a dimension, in the file
        for (int d = 0, product = 1; d < shape.Length; product *= shape[d++]) step[d] = product;

        for (int to = 0, from = 0; to < result.Length; to++)
        {
            result[to] = values[from];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += step[d];
                if (++index[d] < shape[d]) break;
                from -= step[d] * shape[d];
                index[d] = 0;
            }
        }
        return result;
    }
}
