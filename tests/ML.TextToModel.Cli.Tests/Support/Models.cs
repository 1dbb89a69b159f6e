using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>Small classifiers and data for them.</summary>
internal static class Models
{
    /// <summary>
    /// Of width and height: wide where the width exceeds the height and one half, tall the other way, else small.
    /// </summary>
    public static string Boxes(TempFolder folder, bool named = true)
    {
        new FittedClassifier(
            new LinearSpec { Classes = 3, Inputs = 2 },
            [10, 0, /**/ 0, 10, /**/ 0, 0, /**/ 0, 0, 5], ["wide", "tall", "small"],
            new FeaturePreprocessing(named ? ["width", "height"] : [], [], [])).Save(folder["boxes.t2m"]);
        return folder["boxes.t2m"];
    }

    /// <summary>The CNN with random parameters, of these classes or else those of drawn images.</summary>
    public static string Images(TempFolder folder, params IReadOnlyList<string> classes)
    {
        if (classes.Count == 0) classes = DrawnImages.ClassNames;
        var spec = new CnnSpec { Classes = classes.Count };
        var preprocessing = new ImagePreprocessing([0.5f, 0.5f, 0.5f], [0.3f, 0.3f, 0.3f]);
        new FittedClassifier(spec, spec.Initialize(new Rng(1)), classes, preprocessing).Save(folder["images.t2m"]);
        return folder["images.t2m"];
    }

    public static byte[] Records(int perClass) => Records(DrawnImages.Draw(perClass, new Rng(2)));

    /// <summary>Images as records that begin with a 16-bit class number.</summary>
    public static byte[] Records(ImageSet images)
    {
        using var records = new MemoryStream();
        for (int i = 0; i < images.Count; i++)
        {
            records.Write([(byte)images.Labels[i], 0]);
            records.Write(images.Image(i));
        }
        return records.ToArray();
    }
}
