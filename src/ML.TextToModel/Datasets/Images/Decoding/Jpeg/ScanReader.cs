namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Walks through the data of a scan: unit by unit, block by block, from restart marker to restart marker.
/// </summary>
internal sealed class ScanReader(FileBytes file, JpegFrame frame, JpegScan scan, int restartInterval)
{
    private readonly BitReader _bits = new(file.Data, scan.DataStart);
    private readonly IBlockDecoder _decoder =
        frame.Progressive ? new ProgressiveDecoder(scan) : new SequentialDecoder();
    private int _restarts;

    /// <summary>Decodes the scan.</summary>
    /// <returns>Where in the file it ends.</returns>
    public int Run()
    {
        // The units of a scan of one channel are its blocks, those that only pad left out (ITU T.81, A.2.2).
        ScanComponent only = scan.Components[0];
        bool interleaved = scan.Components.Count > 1;
        int unitsWide = interleaved ? frame.UnitsWide : only.Component.BlocksWide;
        int unitsHigh = interleaved ? frame.UnitsHigh : only.Component.BlocksHigh;
        Restart();
        for (int row = 0, left = restartInterval; row < unitsHigh; row++)
        {
            for (int column = 0; column < unitsWide; column++)
            {
                if (restartInterval > 0 && left-- == 0)
                {
                    PassRestartMarker();
                    left = restartInterval - 1;
                }
                if (interleaved) DecodeUnit(row, column);
                else Decode(only, row, column);
            }
        }
        return _bits.Position;
    }

    private void DecodeUnit(int row, int column)
    {
        foreach (ScanComponent channel in scan.Components)
        {
            (int high, int wide) = (channel.Component.Vertical, channel.Component.Horizontal);
            for (int y = 0; y < high; y++)
                for (int x = 0; x < wide; x++) Decode(channel, row * high + y, column * wide + x);
        }
    }

    private void Decode(in ScanComponent channel, int row, int column)
    {
        bool sound = _decoder.Decode(_bits, channel, row, column);
        if (_bits.IsOverdrawn)
        {
            if (JpegMarker.Find(file.Data, _bits.Position) == file.Length) throw file.Truncated();
            throw file.Fault(DecodingFault.Truncated, _bits.Position,
                "the data of a scan ends before the image does. The file is damaged: fetch or save it again.");
        }
        if (!sound)
        {
            throw file.Fault(DecodingFault.BadCode, _bits.Position,
                "the data holds a code that cannot be. The file is damaged: fetch or save it again.");
        }
    }

    private void PassRestartMarker()
    {
        int place = JpegMarker.Find(file.Data, _bits.Position), expected = JpegMarker.FirstRestart + _restarts++ % 8;
        if (place == file.Length) throw file.Truncated();
        if (file.Data[place] != expected)
        {
            throw file.Fault(DecodingFault.BadRestart, place,
                $"the marker {file.Data[place]:X2} stands where {expected:X2} should. The file is damaged.");
        }
        _bits.Restart(place + 1);
        Restart();
    }

    private void Restart()
    {
        foreach (ScanComponent channel in scan.Components) channel.Component.Prediction = 0;
        _decoder.Restart();
    }
}
