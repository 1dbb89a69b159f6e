namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Reads the entropy-coded data of a scan bit by bit, high bits first, up to the next marker. Behind that come zeros;
/// <see cref="IsOverdrawn"/> tells when such were used.
/// </summary>
internal sealed class BitReader(byte[] data, int position)
{
    /// <summary>The fewest bits there are after <see cref="Fill"/>: enough for a code and its value.</summary>
    public const int LeastBits = 32;

    private const byte Marker = 0xFF;

    private ulong _bits;   // the next bits, the first one highest
    private int _count, _zeros;
    private int _position = position;

    /// <summary>Whether bits were used that the file does not hold.</summary>
    public bool IsOverdrawn => _count < _zeros;

    /// <summary>Where the reader has come to: never behind a marker.</summary>
    public int Position => _position;

    /// <summary>Takes in bytes until there are at least <see cref="LeastBits"/> bits.</summary>
    public void Fill()
    {
        if (_count < LeastBits) TakeBytes();
    }

    public int Peek(int count) => (int)(_bits >> (64 - count));

    public void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
    }

    /// <summary>The next bits as a number without sign; 1 to 16 bits.</summary>
    public int Read(int count)
    {
        int value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>The next bits as a coefficient of that many bits (ITU T.81, F.2.2.1: EXTEND); 0 of none.</summary>
    public int ReadSigned(int count)
    {
        if (count == 0) return 0;
        int value = Read(count);
        return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Drops what is left and goes on at another place.</summary>
    public void Restart(int position) => (_bits, _count, _zeros, _position) = (0, 0, 0, position);

    private void TakeBytes()
    {
        for (; _count <= 56; _count += 8)
        {
            ulong value = 0;
            if (_position >= data.Length) _zeros += 8;
            else if (data[_position] != Marker) value = data[_position++];
            else if (_position + 1 < data.Length && data[_position + 1] == 0)
            {
                value = Marker;   // a zero follows where the byte belongs to the data
                _position += 2;
            }
            else _zeros += 8;
            _bits |= value << (56 - _count);
        }
    }
}
