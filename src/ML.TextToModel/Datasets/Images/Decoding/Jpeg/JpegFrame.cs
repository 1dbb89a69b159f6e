namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>The frame header (ITU T.81, B.2.2): the size of the image and its components.</summary>
internal sealed class JpegFrame
{
    private const int MaxFactor = 4, MaxComponents = 4, Depth = 8, HeaderBytes = 6, ComponentBytes = 3;

    private JpegFrame(int width, int height, bool progressive, JpegComponent[] components)
    {
        (Width, Height, Progressive, Components) = (width, height, progressive, components);
        (MaxHorizontal, MaxVertical) = (components.Max(c => c.Horizontal), components.Max(c => c.Vertical));
        UnitsWide = DivideUp(width, JpegComponent.BlockSide * MaxHorizontal);
        UnitsHigh = DivideUp(height, JpegComponent.BlockSide * MaxVertical);
        foreach (JpegComponent c in components)
        {
            c.SetSize(DivideUp(width * c.Horizontal, MaxHorizontal), DivideUp(height * c.Vertical, MaxVertical),
                UnitsWide, UnitsHigh);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Whether scans refine the coefficients of those before.</summary>
    public bool Progressive { get; }

    public IReadOnlyList<JpegComponent> Components { get; }

    /// <summary>The largest sampling factors, those of a channel of full size.</summary>
    public int MaxHorizontal { get; }

    /// <inheritdoc cref="MaxHorizontal"/>
    public int MaxVertical { get; }

    /// <summary>Units (MCU) in a row of the image.</summary>
    public int UnitsWide { get; }

    /// <summary>Rows of units.</summary>
    public int UnitsHigh { get; }

    /// <summary>Reads the segment of a start-of-frame marker.</summary>
    public static JpegFrame Read(FileBytes file, JpegSegment segment, DecodingLimits limits)
    {
        ReadOnlySpan<byte> bytes = segment.Of(file);
        if (bytes.Length < HeaderBytes) throw Bad("the frame header is too short");
        if (bytes[0] != Depth)
        {
            throw file.Fault(DecodingFault.Unsupported, segment.Start,
                $"the image has {bytes[0]} bits a sample; JPEG of {Depth} bits is read. Save it with {Depth} bits.");
        }
        int height = file.UInt16(segment.Start + 1), width = file.UInt16(segment.Start + 3), count = bytes[5];
        file.CheckSize(width, height, segment.Start, limits);
        if (bytes.Length != HeaderBytes + count * ComponentBytes) throw Bad("the frame header is of another size");
        if (count is 0 or 2 or > MaxComponents)
        {
            throw file.Fault(DecodingFault.Unsupported, segment.Start,
                $"the image has {count} channels; 1, 3 or 4 are read. Save it as RGB.");
        }
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> part = bytes[(HeaderBytes + i * ComponentBytes)..];
            (int id, int horizontal, int vertical, int table) = (part[0], part[1] >> 4, part[1] & 15, part[2]);
            if (horizontal is 0 or > MaxFactor || vertical is 0 or > MaxFactor || table > 3)
                throw Bad($"channel {i} has impossible factors or tables");
            if (components.Take(i).Any(c => c.Id == id)) throw Bad($"two channels have the number {id}");
            // A single channel is its own unit, whatever its factors are.
            components[i] = count == 1 ? new(id, 1, 1, table) : new(id, horizontal, vertical, table);
        }
        return new JpegFrame(width, height, segment.Marker == JpegMarker.StartOfFrameProgressive, components);

        DecodingException Bad(string what) =>
            file.Fault(DecodingFault.BadHeader, segment.Start, $"{what}. The file is damaged.");
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
