namespace ML.TextToModel.PModels;

/// <summary>
/// The ResNet-20 that ships with the library, trained on CIFAR-100's 32×32 images, in half precision; its card is
/// checkpoints/resnet20.md.
/// </summary>
public static class ShippedResNet20
{
    private const string File = "checkpoints/resnet20.t2m";

    private static readonly Lazy<FittedClassifier> s_classifier = new(() =>
    {
        string path = Path.Combine(AppContext.BaseDirectory, File);
        return System.IO.File.Exists(path)
            ? FittedClassifier.Load(path)
            : throw new ModelInputException($"There is no checkpoint {path}.");
    });

    /// <summary>The network with its head of CIFAR-100's 100 classes.</summary>
    /// <exception cref="ModelInputException">Its file does not lie beside the program, or is damaged.</exception>
    public static FittedClassifier Classifier => s_classifier.Value;

    /// <summary>The network without a head: 64 features.</summary>
    /// <exception cref="ModelInputException">Its file does not lie beside the program, or is damaged.</exception>
    public static Backbone Backbone => ((BackbonePreprocessing)Classifier.Preprocessing).Backbone!;
}
