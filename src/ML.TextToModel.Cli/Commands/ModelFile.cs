using System.CommandLine;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The argument that names a classifier.</summary>
internal static class ModelFile
{
    public static Argument<string> Argument() =>
        new("model") { Description = "A classifier, a .t2m file.", HelpName = "model.t2m" };

    /// <exception cref="ModelInputException">There is no such file, or it is damaged or no classifier.</exception>
    public static FittedClassifier Load(string path)
    {
        if (Directory.Exists(path)) throw new ModelInputException($"{path} is a folder; name a .t2m file in it.");
        return File.Exists(path) ? FittedClassifier.Load(path) : throw new ModelInputException(
            $"There is no file {path}. A classifier is made, for example, by t2m train generic -o model.t2m");
    }
}
