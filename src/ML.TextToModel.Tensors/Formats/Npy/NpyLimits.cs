namespace ML.TextToModel.Tensors.Formats;

/// <summary>What an npy file may hold at most.</summary>
public static class NpyLimits
{
    /// <summary>Bytes of the header: 65,535, all that version 1.0 can express.</summary>
    public const int HeaderBytes = ushort.MaxValue;

    /// <summary>Dimensions: 32, as in NumPy before version 2.</summary>
    public const int Dimensions = 32;
}
