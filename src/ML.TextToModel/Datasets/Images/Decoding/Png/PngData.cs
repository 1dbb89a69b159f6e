using System.IO.Compression;

namespace ML.TextToModel.Datasets.Png;

/// <summary>The unpacked content of the IDAT chunks of a PNG, row by row, with the filters undone.</summary>
internal sealed class PngData : IDisposable
{
    private readonly FileBytes _file;
    private readonly int _start;
    private readonly ZLibStream _stream;

    public PngData(FileBytes file, IReadOnlyList<PngChunk> chunks)
    {
        (_file, _start) = (file, chunks[0].Start);
        _stream = new ZLibStream(new ChunkStream(file, chunks), CompressionMode.Decompress);
    }

    /// <summary>Reads a row and undoes its filter.</summary>
    /// <param name="row">A byte for the filter, then the row.</param>
    /// <param name="above">The row before, in the same form; zero before the first.</param>
    /// <param name="pixelBytes">Bytes of a pixel, at least 1.</param>
    public void ReadRow(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (Read(row) < row.Length)
            throw _file.Fault(DecodingFault.Truncated, _start, "the compressed data ends before the image does.");
        if (!PngFilters.Undo(row[0], row[1..], above[1..], pixelBytes))
            throw _file.Fault(DecodingFault.BadFilter, _start, $"a row has the filter {row[0]}; there are 0 to 4.");
    }

    /// <summary>Reads to the end, where the checksum of the unpacked data is compared.</summary>
    public void Finish()
    {
        if (Read(stackalloc byte[1]) > 0)
            throw _file.Fault(DecodingFault.BadCompression, _start, "the compressed data goes on behind the image.");
    }

    public void Dispose() => _stream.Dispose();

    private int Read(Span<byte> bytes)
    {
        try
        {
            return _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            throw _file.Fault(DecodingFault.BadCompression, _start,
                "the compressed data is damaged: fetch or save the file again.", damage);
        }
    }

    private sealed class ChunkStream(FileBytes file, IReadOnlyList<PngChunk> chunks) : ForwardStream
    {
        private int _chunk, _used;

        public override int Read(Span<byte> buffer)
        {
            while (_chunk < chunks.Count && _used == chunks[_chunk].Length) (_chunk, _used) = (_chunk + 1, 0);
            if (_chunk == chunks.Count) return 0;
            int count = Math.Min(buffer.Length, chunks[_chunk].Length - _used);
            file.Slice(chunks[_chunk].Start + _used, count).CopyTo(buffer);
            _used += count;
            return count;
        }
    }
}
