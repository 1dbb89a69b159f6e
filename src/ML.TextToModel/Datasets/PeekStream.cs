namespace ML.TextToModel.Datasets;

/// <summary>
/// A read-only stream whose first bytes can be looked at before they are read. Owns the inner stream.
/// </summary>
internal sealed class PeekStream(Stream inner) : ForwardStream
{
    private byte[] _head = [];
    private int _used;

    /// <summary>Unpacks <paramref name="stream"/> if its first two bytes are those of gzip.</summary>
    public static PeekStream Unpack(Stream stream)
    {
        var raw = new PeekStream(stream);
        return raw.Peek(2) is [0x1F, 0x8B] ? new PeekStream(new CheckedGzipStream(raw)) : raw;
    }

    /// <summary>
    /// The first <paramref name="count"/> bytes, or fewer where the stream ends before; call before reading.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        int held = _head.Length;
        if (held < count)
        {
            Array.Resize(ref _head, count);
            held += inner.ReadAtLeast(_head.AsSpan(held), count - held, throwOnEndOfStream: false);
            Array.Resize(ref _head, held);
        }
        return _head.AsSpan(0, Math.Min(count, _head.Length));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_used == _head.Length) return inner.Read(buffer);
        int count = Math.Min(buffer.Length, _head.Length - _used);
        _head.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
