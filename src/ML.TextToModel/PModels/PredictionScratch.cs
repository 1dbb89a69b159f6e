using ML.TextToModel.Tensors.Memory;

namespace ML.TextToModel.PModels;

/// <summary>Room for the intermediate values of one prediction, one block per thread that is used again and again.</summary>
internal static unsafe class PredictionScratch
{
    [ThreadStatic] private static Storage? t_block;

    /// <summary>Floats with undefined values, valid until the thread's next call.</summary>
    public static float* Rent(int count)
    {
        Storage block = t_block is { } present && present.Capacity >= count ? present : t_block = new Storage(count);
        return block.Pointer;
    }
}
