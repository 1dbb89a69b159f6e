using System.Text;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Walks through a tar archive (POSIX ustar) from front to back; reading gives the current entry's bytes. Nothing is
/// allocated on the word of the archive, which is why this is not System.Formats.Tar.
/// </summary>
internal sealed class TarStream(Stream archive, string file) : ForwardStream
{
    private const int BlockBytes = 512;
    private const char RegularFile = '0';
    private readonly byte[] _block = new byte[BlockBytes];
    private long _left, _padding;

    /// <summary>The name of the current entry, folders and all.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Goes to the next regular file; false at the end of the archive.</summary>
    public bool Next()
    {
        while (true)
        {
            Skip(_left + _padding);
            int length = archive.ReadAtLeast(_block, BlockBytes, throwOnEndOfStream: false);
            if (length == 0 || length == BlockBytes && !_block.AsSpan().ContainsAnyExcept((byte)0)) return false;
            if (length < BlockBytes || !_block.AsSpan(257, 5).SequenceEqual("ustar"u8)) throw Damaged();
            _left = Size(_block.AsSpan(124, 12));
            _padding = -_left & (BlockBytes - 1);
            Name = $"{Field(345, 155)}/{Field(0, 100)}".TrimStart('/');
            if (_block[156] is (byte)RegularFile or 0) return true;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, _left);
        if (count == 0) return 0;
        count = archive.Read(buffer[..count]);
        if (count == 0) throw Damaged();
        _left -= count;
        return count;
    }

    private void Skip(long count)
    {
        Span<byte> waste = stackalloc byte[4096];
        while (count > 0)
        {
            int read = archive.Read(waste[..(int)Math.Min(count, waste.Length)]);
            if (read == 0) throw Damaged();
            count -= read;
        }
    }

    private long Size(ReadOnlySpan<byte> octal)
    {
        long size = 0;
        foreach (byte digit in octal.Trim(" \0"u8))
            size = digit is >= (byte)'0' and <= (byte)'7' ? size * 8 + digit - '0' : throw Damaged();
        return size;   // 12 octal digits: 64 GiB at most
    }

    private string Field(int start, int length)
    {
        ReadOnlySpan<byte> bytes = _block.AsSpan(start, length);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private ImageException Damaged() => new(ImageFault.BadArchive, file, "the tar archive is damaged: fetch it again.");
}
