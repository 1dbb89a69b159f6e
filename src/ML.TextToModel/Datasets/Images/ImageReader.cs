using System.Buffers.Binary;

namespace ML.TextToModel.Datasets;

/// <summary>What the first two bytes of a record of 3,074 bytes mean; 3,072 bytes of pixels follow.</summary>
public enum ImageLayout
{
    /// <summary>CIFAR-100's binary files: superclass (0 to 19), then class (0 to 99).</summary>
    Cifar100,

    /// <summary>A class id of 16 bits, little-endian.</summary>
    ClassId,
}

/// <summary>
/// Reads 32×32 colour images record by record from a file of fixed records, packed by gzip or not. Not safe for use by
/// several threads at once.
/// </summary>
public sealed class ImageReader : IDisposable
{
    private const int LabelBytes = 2;
    private const int RecordBytes = LabelBytes + ImageSet.ImageBytes;
    private const int Cifar10RecordBytes = RecordBytes - 1;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly ImageLayout _layout;
    private readonly int _classes;
    private readonly long _expected;
    private readonly byte[] _record = new byte[RecordBytes];

    /// <summary>Opens a stream of records, which the reader disposes.</summary>
    /// <param name="stream">The bytes; need not be seekable.</param>
    /// <param name="layout">What the label bytes mean.</param>
    /// <param name="classes">The number of classes; labels lie below it.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <param name="expected">How many records there must be; default: any number.</param>
    /// <exception cref="ImageException">The stream is damaged gzip.</exception>
    public ImageReader(Stream stream, ImageLayout layout, int classes, string name = "the images", long expected = -1)
    {
        (_file, _layout, _classes, _expected) = (name, layout, classes, expected);
        try
        {
            _stream = PeekStream.Unpack(stream);
        }
        catch (InvalidDataException damage)
        {
            stream.Dispose();
            throw BadGzip(damage);
        }
    }

    /// <summary>Records read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The class of the image read last.</summary>
    public int Label { get; private set; }

    /// <summary>The superclass of the image read last; -1 in a file without superclasses.</summary>
    public int CoarseLabel { get; private set; } = -1;

    /// <summary>
    /// The pixels of the image read last, valid until the next read: 1,024 bytes red, then green, then blue, each row
    /// by row from the top.
    /// </summary>
    public ReadOnlySpan<byte> Pixels => _record.AsSpan(LabelBytes);

    /// <summary>Reads the next record.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ImageException">The file ends within it, or its label is out of range.</exception>
    public bool Read()
    {
        int length = Fill();
        if (length == 0 && Count < _expected)
            throw new ImageException(ImageFault.Truncated, _file, Count,
                $"the file ends after {Count} of {_expected} records.");
        if (length > 0 && Count == _expected)
            throw new ImageException(ImageFault.TrailingBytes, _file, Count,
                $"bytes follow the last of {_expected} records.");
        if (length == 0) return false;
        if (length < RecordBytes) throw Incomplete(length);

        bool cifar = _layout == ImageLayout.Cifar100;
        CoarseLabel = cifar ? InRange(_record[0], Cifar100.CoarseClasses) : -1;
        Label = InRange(cifar ? _record[1] : BinaryPrimitives.ReadUInt16LittleEndian(_record), _classes);
        Count++;
        return true;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => _stream.Dispose();

    private int Fill()
    {
        try
        {
            return _stream.ReadAtLeast(_record, RecordBytes, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damage)
        {
            throw BadGzip(damage);
        }
    }

    internal ImageException Fault(ImageFault fault, string message) => new(fault, _file, message);

    private int InRange(int label, int classes)
    {
        if (label < classes) return label;
        throw new ImageException(ImageFault.LabelOutOfRange, _file, Count,
            $"the label is {label}, but there are {classes} classes. " +
            "The file is damaged, or is no file of this data set.");
    }

    private ImageException Incomplete(int length)
    {
        long total = Count * RecordBytes + length;
        return total > Cifar10RecordBytes && total % Cifar10RecordBytes == 0
            ? new ImageException(ImageFault.WrongRecordSize, _file,
                $"the records are of {Cifar10RecordBytes} bytes, as in CIFAR-10; {RecordBytes} bytes are needed.")
            : new ImageException(ImageFault.Truncated, _file, Count,
                $"the file ends after {length} of the record's {RecordBytes} bytes. It is cut short: fetch it again.");
    }

    private ImageException BadGzip(Exception damage) =>
        new(ImageFault.BadGzip, _file, "the gzip data is damaged or cut short: fetch the file again.", damage);
}
