namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>The second bytes of markers, the first being 0xFF (ITU T.81, table B.1).</summary>
internal static class JpegMarker
{
    public const byte StartOfFrame = 0xC0, StartOfFrameExtended = 0xC1, StartOfFrameProgressive = 0xC2,
        HuffmanTables = 0xC4, ArithmeticReserved = 0xC8, ArithmeticConditions = 0xCC, LastStartOfFrame = 0xCF,
        FirstRestart = 0xD0, LastRestart = 0xD7, StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA,
        QuantizationTables = 0xDB, NumberOfLines = 0xDC, RestartInterval = 0xDD, App0 = 0xE0, App1 = 0xE1,
        App14 = 0xEE;

    /// <summary>Whether the marker stands alone, without a segment.</summary>
    public static bool StandsAlone(byte marker) => marker is <= 1 or (>= FirstRestart and <= EndOfImage);

    /// <summary>
    /// The place of the next marker's second byte at or behind a position; what stands before it is no data of ours.
    /// The end of the file, where there is none.
    /// </summary>
    public static int Find(byte[] data, int position)
    {
        for (; position + 1 < data.Length; position++)
            if (data[position] == 0xFF && data[position + 1] is not (0 or 0xFF)) return position + 1;
        return data.Length;
    }
}

/// <summary>A marker of a JPEG file, and where the content of its segment is.</summary>
internal readonly record struct JpegSegment(byte Marker, int Start, int Length)
{
    private const int LengthBytes = 2;

    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(FileBytes file) => file.Slice(Start, Length);

    /// <summary>The first marker at or behind a position; null at the end of the file.</summary>
    public static JpegSegment? Next(FileBytes file, int position)
    {
        int place = JpegMarker.Find(file.Data, position);
        if (place == file.Length) return null;
        byte marker = file.Data[place];
        if (JpegMarker.StandsAlone(marker)) return new JpegSegment(marker, place + 1, 0);
        int length = file.UInt16(place + 1);
        if (length < LengthBytes)
        {
            throw file.Fault(DecodingFault.BadSegment, place,
                $"a segment cannot be of {length} bytes. The file is damaged.");
        }
        if (length > file.Length - place - 1) throw file.Truncated();
        return new JpegSegment(marker, place + 1 + LengthBytes, length - LengthBytes);
    }
}
