namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Decodes JPEG files (ITU T.81): sequential and progressive, Huffman codes, 8 bits. The same bits as libjpeg-turbo
/// with its accurate transform and triangle upsampling, wherever that decodes without a warning.
/// </summary>
internal sealed class JpegDecoder(FileBytes file, DecodingLimits limits)
{
    private const int MaxScans = 200;   // programs write about ten; each one may take the time of a whole image

    private const int ExifHeader = 6, AdobeTransform = 11;   // bytes before the content and before the field

    private readonly JpegTables _tables = new();
    private readonly HashSet<JpegComponent> _decoded = [];
    private JpegFrame? _frame;
    private int _scans, _orientation = Orientation.Upright;
    private bool _isJfif;
    private int? _adobeTransform;

    /// <summary>Decodes a file that begins with the marker SOI.</summary>
    public static RgbImage Decode(FileBytes file, DecodingLimits limits) => new JpegDecoder(file, limits).Run();

    private RgbImage Run()
    {
        int position = 0;
        while (JpegSegment.Next(file, position) is { } segment && segment.Marker != JpegMarker.EndOfImage)
            position = Take(segment);
        if (_frame is null || _frame.Components.Any(c => !_decoded.Contains(c))) throw file.Truncated();
        if (_frame.Progressive)
            foreach (JpegComponent component in _frame.Components) component.Transform();
        return Orientation.Apply(ToImage(_frame), _orientation);
    }

    /// <summary>Takes a segment in; the place where the next one may begin.</summary>
    private int Take(JpegSegment segment)
    {
        switch (segment.Marker)
        {
            case JpegMarker.StartOfFrame or JpegMarker.StartOfFrameExtended or JpegMarker.StartOfFrameProgressive:
                StartFrame(segment);
                break;
            case JpegMarker.HuffmanTables:
                _tables.ReadHuffman(file, segment);
                break;
            case JpegMarker.QuantizationTables:
                _tables.ReadQuantization(file, segment);
                break;
            case JpegMarker.RestartInterval:
                _tables.ReadRestartInterval(file, segment);
                break;
            case JpegMarker.StartOfScan:
                return ReadScan(segment);
            case JpegMarker.App0 when segment.Of(file).StartsWith("JFIF\0"u8):
                _isJfif = true;
                break;
            case JpegMarker.App1 when segment.Length > ExifHeader && segment.Of(file).StartsWith("Exif\0"u8):
                _orientation = Orientation.Find(segment.Of(file)[ExifHeader..]);
                break;
            case JpegMarker.App14 when segment.Length > AdobeTransform && segment.Of(file).StartsWith("Adobe"u8):
                _adobeTransform = segment.Of(file)[AdobeTransform];
                break;
            case >= JpegMarker.StartOfFrame and <= JpegMarker.LastStartOfFrame:
                throw file.Fault(DecodingFault.Unsupported, segment.Start,
                    "the image is coded arithmetically, without loss or in layers. Save it as usual JPEG or as PNG.");
        }
        return segment.End;
    }

    private void StartFrame(JpegSegment segment)
    {
        if (_frame is not null)
            throw file.Fault(DecodingFault.BadHeader, segment.Start, "a second image begins within the first.");
        _frame = JpegFrame.Read(file, segment, limits);
    }

    private int ReadScan(JpegSegment segment)
    {
        if (_frame is null)
            throw file.Fault(DecodingFault.MissingPart, segment.Start, "a scan stands before the frame header.");
        if (++_scans > MaxScans)
            throw file.Fault(DecodingFault.BadScan, segment.Start, $"there are more than {MaxScans} scans.");
        JpegScan scan = JpegScan.Read(file, segment, _frame, _tables);
        if (_scans == 1) Allocate(_frame, segment);
        int end = new ScanReader(file, _frame, scan, _tables.RestartInterval).Run();
        if (scan.First == 0)
            foreach (ScanComponent channel in scan.Components) _decoded.Add(channel.Component);
        return end;
    }

    /// <summary>Makes room for the image, if the rest of the file can hold it: a block takes a bit at least.</summary>
    private void Allocate(JpegFrame frame, JpegSegment segment)
    {
        long blocks = frame.Components.Sum(c => (long)c.BlocksWide * c.BlocksHigh);
        if (blocks / 8 > file.Length - segment.End) throw file.Truncated();
        foreach (JpegComponent component in frame.Components) component.Allocate(frame.Progressive);
    }

    private RgbImage ToImage(JpegFrame frame)
    {
        JpegColourSpace space = JpegColour.Find(frame.Components, _isJfif, _adobeTransform);
        Upsampling[] channels = [.. frame.Components.Select(component => new Upsampling(component, frame))];
        byte[] pixels = new byte[frame.Width * frame.Height * RgbImage.Channels];
        for (int y = 0; y < frame.Height; y++)
        {
            var rows = new RowSet
            {
                A = channels[0].Row(y),
                B = channels.Length > 1 ? channels[1].Row(y) : default,
                C = channels.Length > 2 ? channels[2].Row(y) : default,
                D = channels.Length > 3 ? channels[3].Row(y) : default,
            };
            int rowBytes = frame.Width * RgbImage.Channels;
            JpegColour.Convert(space, rows, pixels.AsSpan(y * rowBytes, rowBytes));
        }
        return new RgbImage(frame.Width, frame.Height, pixels);
    }
}
