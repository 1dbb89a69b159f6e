using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for <c>.t2m</c> files.</summary>
internal static class ClassifierFuzz
{
    public static IReadOnlyList<byte[]> Files { get; } =
    [
        File(new CnnSpec { Classes = 2, Height = 8, Width = 8, Channels = [2, 3] }, new ImagePreprocessing([0.5f, 0.4f, 0.3f], [0.2f, 0.2f, 0.3f])),
        File(new MlpSpec { Classes = 2, Inputs = 3, Hidden = [4], Skip = true }, new FeaturePreprocessing(["a", "b", "c"], [0, 1, 2], [1, 2, 3])),
        File(new LinearSpec { Classes = 2, Inputs = 2 }, new FeaturePreprocessing([], [], [])),
    ];

    public static void Read(byte[] data) => ClassifierFile.Parse(data);

    private static byte[] File(PModelSpec spec, Preprocessing preprocessing)
    {
        string path = Path.GetTempFileName();
        try
        {
            new FittedClassifier(spec, spec.Initialize(new Rng(1)), ["yes", "no"], preprocessing).Save(path);
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
