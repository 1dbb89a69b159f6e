namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Stretches the rows of a channel to the image's size, to the same bits as libjpeg-turbo: by two with triangles
/// ("fancy upsampling": each new sample is three quarters of the nearer and a quarter of the farther one), else by
/// repeating.
/// </summary>
internal sealed class Upsampling
{
    private const int LeastWidth = 3;   // narrower channels are repeated, as there

    private readonly JpegComponent _channel;
    private readonly int _width, _across, _down;   // in parts of the image's sampling factors
    private readonly int _maxHorizontal, _maxVertical;
    private readonly byte[] _row;
    private readonly int[] _sums;

    public Upsampling(JpegComponent channel, JpegFrame frame)
    {
        _channel = channel;
        (_width, _maxHorizontal, _maxVertical) = (frame.Width, frame.MaxHorizontal, frame.MaxVertical);
        _across = frame.MaxHorizontal == 2 * channel.Horizontal ? 2 : frame.MaxHorizontal == channel.Horizontal ? 1 : 0;
        _down = frame.MaxVertical == 2 * channel.Vertical ? 2 : frame.MaxVertical == channel.Vertical ? 1 : 0;
        if (_across == 2 && channel.Width < LeastWidth) _across = 0;
        _row = new byte[Math.Max(_width, 2 * channel.Width)];
        _sums = new int[channel.Width];
    }

    /// <summary>A row of the image.</summary>
    /// <returns>At least as many samples as the image is wide, valid until the next call.</returns>
    public ReadOnlySpan<byte> Row(int y)
    {
        switch (_across, _down)
        {
            case (1, 1):
                return Stored(y);
            case (2, 1):
                StretchAcross(Stored(y));
                return _row;
            case (1, 2):
                StretchDown(y);
                return _row;
            case (2, 2):
                StretchBoth(y);
                return _row;
            default:
                ReadOnlySpan<byte> source = Stored(y * _channel.Vertical / _maxVertical);
                for (int x = 0; x < _width; x++) _row[x] = source[x * _channel.Horizontal / _maxHorizontal];
                return _row;
        }
    }

    private ReadOnlySpan<byte> Stored(int y) =>
        _channel.Samples.AsSpan(Math.Clamp(y, 0, _channel.Height - 1) * _channel.Stride, _channel.Width);

    /// <summary>The row nearest to row y of the image, and the next nearest.</summary>
    private ReadOnlySpan<byte> Stored(int y, out ReadOnlySpan<byte> farther)
    {
        farther = Stored(y / 2 + (y % 2 == 0 ? -1 : 1));
        return Stored(y / 2);
    }

    private void StretchAcross(ReadOnlySpan<byte> source)
    {
        int last = source.Length - 1;
        (_row[0], _row[2 * last + 1]) = (source[0], source[last]);
        for (int x = 0; x < last; x++)
        {
            // Of two sums between the same samples one rounds up and one down, so that there is no drift.
            _row[2 * x + 1] = (byte)((3 * source[x] + source[x + 1] + 2) >> 2);
            _row[2 * x + 2] = (byte)((source[x] + 3 * source[x + 1] + 1) >> 2);
        }
    }

    private void StretchDown(int y)
    {
        ReadOnlySpan<byte> near = Stored(y, out ReadOnlySpan<byte> far);
        int rounding = y % 2 == 0 ? 1 : 2;
        for (int x = 0; x < near.Length; x++) _row[x] = (byte)((3 * near[x] + far[x] + rounding) >> 2);
    }

    private void StretchBoth(int y)
    {
        ReadOnlySpan<byte> near = Stored(y, out ReadOnlySpan<byte> far);
        for (int x = 0; x < near.Length; x++) _sums[x] = 3 * near[x] + far[x];
        int last = _sums.Length - 1;
        (_row[0], _row[2 * last + 1]) = ((byte)((4 * _sums[0] + 8) >> 4), (byte)((4 * _sums[last] + 7) >> 4));
        for (int x = 0; x < last; x++)
        {
            _row[2 * x + 1] = (byte)((3 * _sums[x] + _sums[x + 1] + 7) >> 4);
            _row[2 * x + 2] = (byte)((_sums[x] + 3 * _sums[x + 1] + 8) >> 4);
        }
    }
}
