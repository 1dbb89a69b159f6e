using System.IO.Compression;
using ML.TextToModel.Datasets.Png;

namespace ML.TextToModel.Datasets;

/// <summary>
/// The image files of a zip. Nothing is believed that the archive says: its directory is read up to a limit, an entry
/// is unpacked up to a limit, and nothing is ever written to disk.
/// </summary>
internal sealed class ZipFiles : ImageFiles
{
    /// <summary>The largest directory that is read; an entry takes 46 bytes and its name.</summary>
    private const long MaxDirectoryBytes = 64 << 20;

    /// <summary>Images hardly shrink in a zip; what grows more than this on unpacking is a trap.</summary>
    private const int MostRatio = 200;

    /// <summary>Entries up to this size may shrink as they like.</summary>
    private const int SmallBytes = 1 << 20;

    private readonly string _path;
    private readonly LimitedStream _stream;
    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry[] _entries;

    public ZipFiles(string path)
    {
        _path = path;
        _stream = new LimitedStream(KnownDatasets.OpenFile(path), MaxDirectoryBytes);
        try
        {
            _archive = new ZipArchive(_stream);
            if (_archive.Entries.Count > MaxFiles) throw TooMany(path);
            IEnumerable<ZipArchiveEntry> images = _archive.Entries.Where(entry => IsImage(Slashes(entry)));
            _entries = [.. images.OrderBy(Slashes, StringComparer.Ordinal)];
            Paths = [.. _entries.Select(Slashes)];
            _stream.Limit = long.MaxValue;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or ArgumentException)
        {
            _stream.Dispose();
            throw new ImageException(ImageFault.BadArchive, path,
                $"the zip is damaged or too large. ({damage.Message}) Fetch it again, or unpack it and name the " +
                "folder.", damage);
        }
    }

    public override IReadOnlyList<string> Paths { get; }

    /// <summary>Whether a file is a zip by its first bytes, that of no entries included.</summary>
    public static bool IsZip(string path) =>
        Start(path) is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    public override string Name(int index) => $"{_path}/{Paths[index]}";

    public override byte[] Read(int index, DecodingLimits limits)
    {
        string name = Name(index);
        ZipArchiveEntry entry = _entries[index];
        if (!IsInside(Paths[index])) throw Fault(DecodingFault.BadEntry, "its path leads out of the archive.");
        if (entry.IsEncrypted) throw Fault(DecodingFault.Unsupported, "it is encrypted. Unpack the archive first.");
        long most = Math.Max(SmallBytes, Math.Min(entry.CompressedLength, int.MaxValue) * MostRatio);
        if (entry.Length > most) throw Bomb();
        try
        {
            using Stream stream = entry.Open();
            byte[] bytes = ImageDecoder.ReadAll(
                stream, name, limits with { FileBytes = (int)Math.Min(most, limits.FileBytes) });
            if (Crc32.Of(bytes) != entry.Crc32)
                throw Fault(DecodingFault.BadChecksum, "its checksum is wrong. Fetch the archive again.");
            return bytes;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or NotSupportedException)
        {
            throw new DecodingException(DecodingFault.BadEntry, name, -1,
                $"the entry of the zip is damaged: {damage.Message}", damage);
        }

        DecodingException Fault(DecodingFault fault, string what) => new(fault, name, -1, what);

        DecodingException Bomb() => Fault(DecodingFault.BadEntry,
            $"it would grow from {entry.CompressedLength:N0} to {entry.Length:N0} bytes, which no image does.");
    }

    public override void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
        base.Dispose();
    }

    private static string Slashes(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    private static bool IsInside(string path) =>
        !path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal) && !path.Any(char.IsControl) &&
        !path.Split('/').Contains("..");

    /// <summary>Gives no more than so many bytes in all.</summary>
    private sealed class LimitedStream(Stream inner, long limit) : Stream
    {
        private long _read;

        public long Limit { get; set; } = limit;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = inner.Read(buffer);
            _read += count;
            return _read <= Limit ? count : throw new InvalidDataException("Its directory is too long.");
        }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
