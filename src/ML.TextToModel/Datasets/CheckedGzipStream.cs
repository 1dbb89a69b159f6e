using System.IO.Compression;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Unpacks gzip and notices where it is cut short, which <see cref="GZipStream"/> does not: one more gzip member is put
/// behind the data, and its content comes out at the end only if all before it was whole.
/// </summary>
/// <remarks>Throws <see cref="InvalidDataException"/> on damage, as <see cref="GZipStream"/> does.</remarks>
internal sealed class CheckedGzipStream : ForwardStream
{
    private static readonly byte[] EndMark = "ended ok"u8.ToArray(), EndMember = Pack(EndMark);
    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _ended;

    /// <summary>Takes <paramref name="packed"/> over.</summary>
    public CheckedGzipStream(Stream packed) =>
        _gzip = new GZipStream(new AppendedStream(packed, EndMember), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= EndMark.Length)
        {
            if (_ended) return 0;
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = _gzip.Read(_buffer.AsSpan(_end));
            _end += read;
            _ended = read == 0;
            if (_ended && !_buffer.AsSpan(0, _end).SequenceEqual(EndMark))
                throw new InvalidDataException("The gzip data is cut short.");
        }
        int count = Math.Min(buffer.Length, _end - _start - EndMark.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private sealed class AppendedStream(Stream inner, byte[] tail) : ForwardStream
    {
        private int _used;

        public override int Read(Span<byte> buffer)
        {
            int count = _used == 0 ? inner.Read(buffer) : 0;
            if (count > 0) return count;
            count = Math.Min(buffer.Length, tail.Length - _used);
            tail.AsSpan(_used, count).CopyTo(buffer);
            _used += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
