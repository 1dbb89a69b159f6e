namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>A channel in a scan, with the codes it is stored in.</summary>
internal readonly record struct ScanComponent(JpegComponent Component, HuffmanTable? Constant, HuffmanTable? Varying);

/// <summary>
/// The scan header (ITU T.81, B.2.3): which channels the scan holds, which of their coefficients (from
/// <paramref name="First"/> to <paramref name="Last"/> along the diagonals) and, in progressive images, which bits of
/// these: down to bit <paramref name="LowBit"/>, all of them or, in a refinement, that one alone.
/// </summary>
internal sealed record JpegScan(
    IReadOnlyList<ScanComponent> Components, int First, int Last, bool IsRefinement, int LowBit, int DataStart)
{
    private const int MaxLowBit = 13;

    public static JpegScan Read(FileBytes file, JpegSegment segment, JpegFrame frame, JpegTables tables)
    {
        ReadOnlySpan<byte> bytes = segment.Of(file);
        int count = bytes.Length > 0 ? bytes[0] : 0;
        if (count == 0 || count > frame.Components.Count || bytes.Length != 1 + 2 * count + 3)
            throw Bad("the scan header does not fit the image");
        ReadOnlySpan<byte> tail = bytes[(1 + 2 * count)..];
        (int first, int last, int before, int low) = (tail[0], tail[1], tail[2] >> 4, tail[2] & 15);
        if (frame.Progressive)
        {
            bool constant = first == 0 && last == 0, varying = first > 0 && last is < 64 && first <= last && count == 1;
            if (!constant && !varying || low > MaxLowBit || before > 0 && before != low + 1)
                throw Bad("the scan header holds impossible values");
        }
        else
        {
            (first, last, before, low) = (0, JpegComponent.BlockSize - 1, 0, 0);   // the only values there are
        }

        var components = new ScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            (int id, int constant, int varying) = (bytes[1 + 2 * i], bytes[2 + 2 * i] >> 4, bytes[2 + 2 * i] & 15);
            JpegComponent? component = frame.Components.FirstOrDefault(c => c.Id == id);
            if (component is null || components.Take(i).Any(c => c.Component == component))
                throw Bad($"the scan names channel {id}, which the image lacks, or names it twice");
            bool needsConstant = first == 0 && before == 0, needsVarying = last > 0;
            components[i] = new ScanComponent(component,
                needsConstant ? Table(tables.Constant, constant) : null,
                needsVarying ? Table(tables.Varying, varying) : null);
            component.Quantization ??= tables.Quantization[component.QuantizationSlot];
            if (component.Quantization is null)
                throw file.Fault(DecodingFault.MissingPart, segment.Start, "a quantization table is missing.");
        }
        return new JpegScan(components, first, last, before > 0, low, segment.End);

        HuffmanTable Table(HuffmanTable?[] slots, int slot) => slot < slots.Length && slots[slot] is { } table ? table
            : throw file.Fault(DecodingFault.MissingPart, segment.Start, "a Huffman table is missing.");

        DecodingException Bad(string what) =>
            file.Fault(DecodingFault.BadScan, segment.Start, $"{what}. The file is damaged.");
    }
}
