using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Commands;

/// <summary>Reads the backbone that a head is to be trained on.</summary>
internal static class BackboneFile
{
    private static readonly float[] s_half = [0.5f, 0.5f, 0.5f];   // pixels from -1 to 1

    /// <exception cref="ModelInputException">There is no such file, or no backbone in it.</exception>
    public static Backbone Load(TrainingRecipe recipe)
    {
        string path = recipe.Backbone!;
        if (!File.Exists(path)) throw new ModelInputException($"There is no file {path}.");
        if (Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            ImagePreprocessing image = new(recipe.PixelMean ?? s_half, recipe.PixelDeviation ?? s_half);
            return OnnxImport.Read(path, new() { Image = image, Side = recipe.Side });
        }
        if ((recipe.Side, recipe.PixelMean, recipe.PixelDeviation) is not (null, null, null))
            throw new ModelInputException(
                $"{path} says itself how large its images are and how pixels become inputs; only for an ONNX file "
                + "there are settings for that.");
        return ModelFile.Load(path).Preprocessing is BackbonePreprocessing { Backbone: { } backbone }
            ? backbone
            : throw new ModelInputException($"{path} is a classifier without a backbone.");
    }
}
